package preview

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

const (
	restBetween = 40 * time.Millisecond // between two pictures of the state, so that a burst is one
	heartbeat   = 20 * time.Second      // of a page's event stream
)

// Page is the page on which people chat with the bot by hand, with the Bot API under the same address. It shows and does
// only what is asked from this machine: its own requests must name a loopback host and come from itself.
func (s *Server) Page() http.Handler {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		return http.NotFoundHandler() // the directory is part of the program
	}
	page := http.NewServeMux()
	page.Handle("GET /", http.FileServerFS(files))
	page.HandleFunc("GET /state", s.serveState)
	page.HandleFunc("GET /events", s.serveEvents)
	page.HandleFunc("GET /media/{id}", s.serveMedia)
	page.HandleFunc("POST /act", s.serveAct)
	guarded := fromHere(page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/bot") || strings.HasPrefix(r.URL.Path, "/file/bot") {
			s.ServeHTTP(w, r)
			return
		}
		if !s.enter() {
			http.Error(w, "closed", http.StatusServiceUnavailable)
			return
		}
		defer s.active.Done()
		guarded.ServeHTTP(w, r)
	})
}

// fromHere lets only requests in that name a loopback host, so that no other site's name can be turned on this
// machine, and that no other site's page has sent.
func fromHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !loopback(r.Host) || !sameOrigin(r) {
			http.Error(w, "this page answers only to this machine", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && addr.IsLoopback()
}

// sameOrigin trusts what browsers say of a request's origin. Programs that are no browsers say nothing.
func sameOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin":
	case "none": // typed into the address line
		return r.Method == http.MethodGet
	default:
		// Following a link to the page is fine; reading from it or posting to it is not.
		return r.Method == http.MethodGet && r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate"
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == "http://"+r.Host
}

func (s *Server) serveState(w http.ResponseWriter, _ *http.Request) {
	st, _ := s.state()
	writeJSON(w, http.StatusOK, st)
}

// serveEvents sends the state, and again whenever it has changed.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	seen := shown{}
	for {
		st, changed := s.state()
		seen.news(&st)
		if _, err := fmt.Fprintf(w, "data: %s\n\n", encode(st)); err != nil || out.Flush() != nil {
			return
		}
		if !s.untilChanged(w, out, r, changed) || !s.pause(r.Context(), restBetween) {
			return
		}
	}
}

// untilChanged waits for news and keeps the stream alive meanwhile. It reports whether anyone still listens.
func (s *Server) untilChanged(w io.Writer, out *http.ResponseController, r *http.Request, changed <-chan struct{}) bool {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-changed:
			return true
		case <-beat.C:
			if _, err := io.WriteString(w, ": still here\n\n"); err != nil || out.Flush() != nil {
				return false
			}
		case <-r.Context().Done():
			return false
		case <-s.closed:
			return false
		}
	}
}

// serveMedia shows a picture, and hands out anything else as a download.
func (s *Server) serveMedia(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.PathValue("id")]
	s.mu.Unlock()
	if f == nil {
		http.NotFound(w, r)
		return
	}
	kind := http.DetectContentType(f.data)
	picture := f.kind == "photo" || r.URL.Query().Has("show") // a document that is one
	if !picture || !strings.HasPrefix(kind, "image/") {
		kind = "application/octet-stream"
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	}
	write(w, http.StatusOK, http.Header{"Content-Type": {kind}}, f.data)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body := encode(v)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a page that has gone needs no answer
}

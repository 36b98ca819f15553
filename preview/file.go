package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	"image/png"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"
)

const (
	maxDownload  = 20 << 20
	maxUpload    = 50 << 20
	pathLifetime = time.Hour
)

// file is what somebody sent. The same bytes sent twice are two files with one unique id.
type file struct {
	id, unique    string
	kind          string // document, photo, voice, ...
	name, mime    string
	data          []byte
	width, height int
	path          string
	pathUntil     time.Time
}

// keep stores a file under a new id.
func (s *Server) keep(kind, name string, data []byte) *file {
	sum := sha256.Sum256(append([]byte(kind), data...))
	n := len(s.files) + 1
	f := &file{
		kind: kind, name: name, data: data, mime: orElse(mime.TypeByExtension(path.Ext(name)), http.DetectContentType(data)),
		unique: "AgAD" + base64.RawURLEncoding.EncodeToString(sum[:8]),
		id:     fmt.Sprintf("BQACAgQAAx%s%d", base64.RawURLEncoding.EncodeToString(sum[8:26]), n),
		path:   fmt.Sprintf("%ss/file_%d%s", kind, n, path.Ext(name)),
	}
	s.files[f.id], s.paths[f.path] = f, f
	return f
}

// fileFor finds the file that a call is to send: uploaded with it, or known by its id.
func (s *Server) fileFor(r *request, kind string) (*file, error) {
	up, uploaded := r.uploads[kind]
	named := strings.TrimSpace(r.text(kind))
	if name, ok := strings.CutPrefix(named, "attach://"); ok {
		up, uploaded = r.uploads[name]
	}
	switch {
	case uploaded:
		return s.receive(kind, up)
	case named == "" || strings.HasPrefix(named, "attach://"):
		return nil, badRequest("there is no %s in the request", kind)
	case strings.Contains(named, "://"):
		return nil, badRequest("failed to get HTTP URL content") // the stand-in has no network
	}
	f := s.files[named]
	if f == nil {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	if f.kind != kind {
		return nil, badRequest("can't use file of type %s as %s", typeName(f.kind), typeName(kind))
	}
	return f, nil
}

func typeName(kind string) string {
	if kind == "voice" {
		return "VoiceNote"
	}
	return strings.ToUpper(kind[:1]) + kind[1:]
}

// receive takes an upload in.
func (s *Server) receive(kind string, up upload) (*file, error) {
	if len(up.data) == 0 {
		return nil, badRequest("file must be non-empty")
	}
	if len(up.data) > maxUpload {
		return nil, &apiError{code: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	}
	if kind != "photo" {
		return s.keep(kind, up.name, up.data), nil
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(up.data))
	if err != nil {
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	}
	f := s.keep(kind, "photo.jpg", up.data)
	f.width, f.height = size.Width, size.Height
	return f, nil
}

// attach makes a message carry a file.
func (s *Server) attach(m *message, f *file) {
	size := int64(len(f.data))
	switch f.kind {
	case "photo":
		m.Photo = []models.PhotoSize{{FileID: f.id, FileUniqueID: f.unique, Width: f.width, Height: f.height, FileSize: int(size)}}
	case "voice":
		m.Voice = &models.Voice{FileID: f.id, FileUniqueID: f.unique, MimeType: "audio/ogg", FileSize: size}
	case "document":
		m.Document = &models.Document{FileID: f.id, FileUniqueID: f.unique, FileName: f.name, MimeType: f.mime, FileSize: size}
	case "sticker":
		m.Sticker = &models.Sticker{FileID: f.id, FileUniqueID: f.unique, Type: "regular", Width: 512, Height: 512, Emoji: "👍", FileSize: int(size)}
	case "video_note":
		m.VideoNote = &models.VideoNote{FileID: f.id, FileUniqueID: f.unique, Length: 240, Duration: 3, FileSize: int(size)}
	}
}

// getFile opens a path to a file for an hour.
func (s *Server) getFile(r *request) (any, error) {
	f := s.files[strings.TrimSpace(r.text("file_id"))]
	if f == nil {
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	}
	if len(f.data) > maxDownload {
		return nil, badRequest("file is too big")
	}
	f.pathUntil = s.now().Add(pathLifetime)
	return models.File{FileID: f.id, FileUniqueID: f.unique, FileSize: int64(len(f.data)), FilePath: f.path}, nil
}

// serveFile answers /file/bot<token>/<path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	fault := s.faults.pick("download")
	token, name, _ := strings.Cut(rest, "/")
	if token != s.token {
		writeError(w, &apiError{code: http.StatusUnauthorized, text: "Unauthorized"})
		return
	}
	s.mu.Lock()
	f := s.paths[name]
	found := f != nil && s.now().Before(f.pathUntil)
	s.mu.Unlock()
	switch {
	case fault.Kind != "":
		s.spoil(w, r, fault, []byte("{}"))
	case !found:
		writeError(w, notFound(""))
	default:
		write(w, http.StatusOK, http.Header{"Content-Type": {"application/octet-stream"}}, f.data)
	}
}

// picture draws a small photograph of nothing.
func picture(shade int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 96, 64))
	for i := range img.Pix {
		img.Pix[i] = uint8(140 + (i/4%96+i/384+shade*23)%90)
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return []byte(strconv.Itoa(shade)) // an image in memory can always be written
	}
	return b.Bytes()
}

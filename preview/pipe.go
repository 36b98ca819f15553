package preview

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"syscall"
)

// network joins clients of this process to the server by pipes, so that a test needs no port and a synctest bubble can
// tell when everyone waits. It is also the line that an outage cuts.
type network struct {
	accept chan net.Conn
	closed chan struct{}

	mu      sync.Mutex
	down    bool
	shut    bool
	server  *http.Server
	served  chan struct{}
	conns   map[net.Conn]struct{}
	clients []*http.Transport
}

func newNetwork() *network {
	return &network{accept: make(chan net.Conn), closed: make(chan struct{}), conns: map[net.Conn]struct{}{}}
}

// Client reaches the server inside this process, whatever host its URLs name; "http://telegram.preview" reads well. It
// is a net/http client talking to a net/http server over pipes. Inside a testing/synctest bubble, make the server there
// too.
func (s *Server) Client() *http.Client {
	t := &http.Transport{DialContext: s.net.dial, DisableCompression: true}
	s.net.serve(s, t)
	return &http.Client{Transport: t}
}

// serve starts the server with the first client; nothing runs for a server that is only mounted elsewhere.
func (n *network) serve(h http.Handler, t *http.Transport) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.clients = append(n.clients, t)
	if n.server != nil || n.shut {
		return
	}
	srv := &http.Server{Handler: h}
	done := make(chan struct{})
	n.server, n.served = srv, done
	go func() {
		defer close(done)
		_ = srv.Serve(n) // returns when close closes the listener
	}()
}

func (n *network) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	client, server := net.Pipe()
	if !n.join(server) {
		return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
	}
	select {
	case n.accept <- &pipeEnd{Conn: server, leave: n.leave}:
		return client, nil
	case <-ctx.Done():
		n.leave(server)
		return nil, ctx.Err()
	case <-n.closed:
		n.leave(server)
		return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
	}
}

// join notes an open connection, unless nobody may connect.
func (n *network) join(c net.Conn) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.down || n.shut {
		return false
	}
	n.conns[c] = struct{}{}
	return true
}

func (n *network) leave(c net.Conn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.conns, c)
}

// cut sets whether anyone can connect; when not, open connections end as well.
func (n *network) cut(down bool) {
	n.mu.Lock()
	n.down = down
	var open []net.Conn
	if down {
		for c := range n.conns {
			open = append(open, c)
		}
	}
	n.mu.Unlock()
	for _, c := range open {
		_ = c.Close() // a pipe's Close returns no error
	}
}

func (n *network) isDown() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.down
}

func (n *network) close() {
	n.mu.Lock()
	first, srv, done, clients := !n.shut, n.server, n.served, n.clients
	n.shut = true
	n.mu.Unlock()
	if !first {
		return
	}
	close(n.closed)
	if srv != nil {
		_ = srv.Close() // the listener's own Close cannot fail
		<-done
	}
	for _, t := range clients {
		t.CloseIdleConnections()
	}
}

var errListenerClosed = errors.New("preview: the server is closed")

// Accept, Close and Addr make the network the listener of its http.Server.
func (n *network) Accept() (net.Conn, error) {
	select {
	case c := <-n.accept:
		return c, nil
	case <-n.closed:
		return nil, errListenerClosed
	}
}

func (n *network) Close() error { return nil }

func (n *network) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "telegram.preview:80" }

// pipeEnd tells the network when the server is done with a connection.
type pipeEnd struct {
	net.Conn
	leave func(net.Conn)
}

func (e *pipeEnd) Close() error {
	e.leave(e.Conn)
	return e.Conn.Close()
}

package bot

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"skindesk/preview"
)

// A caption is a patient's own: the number of another patient's case in it must not carry the team's reply there. It matters
// for a copy whose answer was lost, of which nothing was noted.
func TestACaptionRoutesNoReply(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.asksClinic()
		c.bilal.SendPhoto("like #1001")
		c.settle()
		c.server.Faults().Add(preview.Fault{Kind: preview.Cut, Methods: []string{"copyMessage"}, Times: 1})
		c.taps(c.bilal, "Send to the clinic")
		c.taps(c.sanaHere, "Take")
		before := len(c.anna.Messages())
		for _, m := range c.sanaHere.Messages() {
			if m.Media == "photo" {
				c.sanaHere.Reply(m, "your cheek looks fine")
				c.settle()
			}
		}
		if n := len(c.anna.Messages()); n != before {
			t.Errorf("Anna got what was meant for Bilal:%s", c.sees(c.anna))
		}
		c.want(c.bilal.Messages(), "your cheek looks fine")
	})
}

// Update ids may begin anew, lower than before. Under an offset that stayed above them the same updates would come for ever.
func TestTheOffsetFollowsLowerIDs(t *testing.T) {
	inPost(t, func(t *testing.T, p *post) {
		var offsets []string
		p.mail.http = &http.Client{Transport: answering(func(req *http.Request) (*http.Response, error) {
			data, err := io.ReadAll(req.Body)
			if err != nil {
				return nil, err
			}
			offset, _, _ := strings.Cut(string(data), ",")
			offsets = append(offsets, offset)
			updates := map[int]string{1: `{"update_id":900000}`, 2: `{"update_id":17}`}[len(offsets)]
			time.Sleep(time.Second)
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"ok":true,"result":[` + updates + `]}`))}, nil
		})}
		p.start()
		p.after(10 * time.Second)
		p.end()
		want(t, "offsets", offsets[:4], []string{`{"limit":100`, `{"offset":900001`, `{"offset":18`, `{"offset":18`})
		synctest.Wait()
	})
}

// answering answers requests without a server.
type answering func(*http.Request) (*http.Response, error)

func (f answering) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

package bot

import (
	"context"
	"testing"

	"skindesk/desk"
	"skindesk/store"
)

// A notice that nobody knows how to tell, one about a case that is not there and one whose line is not there keep nothing else
// from being told. The admin hears of each, once.
func TestStrangeNoticesAreSetAside(t *testing.T) {
	inClinic(t, func(c *clinic) {
		c.asksClinic()
		before := len(c.admin.Messages())
		err := c.store.Update(context.Background(), func(tx *store.Tx) error {
			for _, n := range []desk.Notice{
				{ID: "strange/1", Kind: "strange", Case: 1001, Due: c.bot.now()},
				{ID: "opened/7", Kind: desk.CaseOpened, Case: 7, Due: c.bot.now()},
				{ID: "line/1001/9", Kind: desk.LineAdded, Case: 1001, N: 9, Due: c.bot.now()},
			} {
				if err := tx.PutNotice(n); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		c.says(c.anna, "/help") // its transaction meets them
		c.says(c.bilal, "/help")
		c.restart()
		c.want(c.anna.Messages(), "Write your question in your own words")
		c.want(c.bilal.Messages(), "Write your question in your own words")
		told := c.admin.Messages()[before:]
		for _, id := range []string{"strange/1", "opened/7", "line/1001/9"} {
			c.want(told, id)
		}
		if len(told) != 3 {
			t.Errorf("the admin got %d messages, want 3: %s", len(told), c.sees(c.admin))
		}
	})
}

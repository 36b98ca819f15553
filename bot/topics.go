package bot

import "skindesk/faq"

// perPage is how many topics or questions a page of the menu shows: with the row to turn pages a keyboard has eight buttons.
const perPage = 5

// menuTopics lists the topics that have something to say.
func (t *turn) menuTopics() []faq.Topic {
	var topics []faq.Topic
	for _, topic := range t.faq.Topics {
		if len(t.faq.OfTopic(topic.ID)) > 0 {
			topics = append(topics, topic)
		}
	}
	return topics
}

func (t *turn) topicNamed(id string) (faq.Topic, bool) {
	for _, topic := range t.menuTopics() {
		if topic.ID == id {
			return topic, true
		}
	}
	return faq.Topic{}, false
}

// topicRows are buttons for the first n topics, with one for the rest.
func (t *turn) topicRows(n int) [][]button {
	var rows [][]button
	topics := t.menuTopics()
	for i, topic := range topics {
		if i == n {
			return append(rows, []button{{t.w.ButtonTopics, action{do: doTopics}}})
		}
		rows = append(rows, []button{{t.topicTitle(topic), action{do: doTopic, id: topic.ID}}})
	}
	return rows
}

func (t *turn) topicTitle(topic faq.Topic) string {
	if title, _ := topic.Title.In(t.lang); title != "" {
		return title
	}
	return topic.ID
}

// topics shows a page of the topics; in place of the menu that was tapped, if it was one.
func (t *turn) topics(page int, inPlace bool) {
	topics := t.menuTopics()
	if len(topics) == 0 {
		t.say(t.w.NoTopics, t.menuRow(), t.bookRow(0))
		return
	}
	var rows [][]button
	from, to := pageOf(page, len(topics))
	for _, topic := range topics[from:to] {
		rows = append(rows, []button{{t.topicTitle(topic), action{do: doTopic, id: topic.ID, n: 1}}})
	}
	turn := t.pages(from, to, len(topics), action{do: doTopics})
	t.menu(t.w.Topics, inPlace, append(rows, turn, []button{{t.w.ButtonClinic, action{do: doAsk}}}))
}

// topic shows a page of a topic's questions.
func (t *turn) topic(topic faq.Topic, page int, inPlace bool) {
	entries := t.faq.OfTopic(topic.ID)
	var rows [][]button
	from, to := pageOf(page, len(entries))
	for _, e := range entries[from:to] {
		rows = append(rows, []button{{t.title(e), action{do: doEntry, id: e.ID}}})
	}
	turn := t.pages(from, to, len(entries), action{do: doTopic, id: topic.ID})
	t.menu(fill(t.w.Topic, "topic", t.topicTitle(topic)), inPlace, append(rows, turn, []button{{t.w.ButtonTopics, action{do: doTopics, n: 1}}}))
}

// pages are the buttons that turn pages. In a menu the action's number is the page counted from 1; 0 opens a new menu.
func (t *turn) pages(from, to, all int, a action) []button {
	var row []button
	page := int64(from/perPage) + 1
	if from > 0 {
		row = append(row, button{t.w.ButtonBack, action{do: a.do, id: a.id, n: page - 1}})
	}
	if to < all {
		row = append(row, button{t.w.ButtonMore, action{do: a.do, id: a.id, n: page + 1}})
	}
	return row
}

// pageOf returns the bounds of a page counted from 0; a page that is not there gives the first.
func pageOf(page, all int) (from, to int) {
	from = page * perPage
	if page < 0 || from >= all {
		from = 0
	}
	return from, min(from+perPage, all)
}

func (t *turn) menu(text string, inPlace bool, rows [][]button) {
	if q := t.update.CallbackQuery; inPlace && q != nil && q.Message.Message != nil {
		t.replace(int64(q.Message.Message.ID), text, keyboard(rows...))
		return
	}
	t.say(text, rows...)
}

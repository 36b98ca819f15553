package preview

import (
	"maps"
	"slices"

	"github.com/go-telegram/bot/models"
)

// Group is a group chat with the bot in it.
type Group struct {
	s *Server
	c *chat
}

// Group makes a basic group: its first member owns it, and the bot is an ordinary member.
func (s *Server) Group(title string, members ...*Person) *Group {
	return s.newGroup(title, models.ChatTypeGroup, 0, members)
}

// Supergroup makes a supergroup, which numbers its messages by itself.
func (s *Server) Supergroup(title string, members ...*Person) *Group {
	return s.newGroup(title, models.ChatTypeSupergroup, -1_000_000_000_000, members)
}

func (s *Server) newGroup(title string, kind models.ChatType, base int64, members []*Person) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.newChat(models.Chat{ID: base - s.nextChat, Type: kind, Title: title})
	s.nextChat++
	for i, p := range members {
		c.members = append(c.members, p.u)
		c.status[p.u.ID] = member
		if i == 0 {
			c.status[p.u.ID] = creator
		}
	}
	by := s.bot
	if len(members) > 0 {
		by = members[0].u.User
	}
	s.turn(c, by, member)
	s.touch()
	return &Group{s, c}
}

// ID is the chat's.
func (g *Group) ID() int64 { return g.c.ID }

// Add lets somebody join.
func (g *Group) Add(p *Person) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	if g.c.holds(p.u.ID) {
		return
	}
	g.c.members = append(g.c.members, p.u)
	g.c.status[p.u.ID] = member
	g.announce(p.u.User, &message{Message: models.Message{NewChatMembers: []models.User{p.u.User}}})
	g.tellMember(p.u.User, left, member)
}

// Remove lets somebody go.
func (g *Group) Remove(p *Person) { g.end(p, left) }

// Ban throws somebody out.
func (g *Group) Ban(p *Person) { g.end(p, kicked) }

func (g *Group) end(p *Person, status membership) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	if !g.c.holds(p.u.ID) {
		return
	}
	before := g.c.status[p.u.ID]
	g.c.status[p.u.ID] = status
	delete(g.c.keys, p.u.ID)
	for i, u := range g.c.members {
		if u == p.u {
			g.c.members = append(g.c.members[:i:i], g.c.members[i+1:]...)
			break
		}
	}
	g.announce(p.u.User, &message{Message: models.Message{LeftChatMember: &p.u.User}})
	g.tellMember(p.u.User, before, status)
}

// announce puts a service message into the group.
func (g *Group) announce(by models.User, m *message) {
	m.From = &by
	g.s.add(g.c, m)
	g.s.tell("message", m)
}

// tellMember reports a change of somebody's place, which only an administrator hears of, and only if it asked.
func (g *Group) tellMember(u models.User, before, after membership) {
	if !g.c.admin(g.s.bot.ID) {
		return
	}
	now := g.s.now()
	g.s.push("chat_member", g.c.ID+memberLane, &models.ChatMemberUpdated{
		Chat: g.c.Chat, From: u, Date: int(now.Unix()),
		OldChatMember: *chatMember(u, before), NewChatMember: *chatMember(u, after),
	}, now.Add(messageLife))
}

// Promote makes a member an administrator.
func (g *Group) Promote(p *Person) { g.set(p, administrator) }

// Restrict takes some rights from a member, who stays in the group.
func (g *Group) Restrict(p *Person) { g.set(p, restricted) }

// set changes the place of an ordinary member.
func (g *Group) set(p *Person, status membership) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	if g.c.status[p.u.ID] == member {
		g.c.status[p.u.ID] = status
		g.tellMember(p.u.User, member, status)
	}
}

// NoReactions has the group allow no reactions to its messages.
func (g *Group) NoReactions() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.c.dry = true
}

// PromoteBot makes the bot an administrator, which lets it read everything.
func (g *Group) PromoteBot() { g.turnBot(administrator) }

// SilenceBot takes the right to write from the bot; AddBot gives it back.
func (g *Group) SilenceBot() { g.turnBot(restricted) }

// DemoteBot makes the bot an ordinary member again.
func (g *Group) DemoteBot() { g.turnBot(member) }

// AddBot brings the bot back.
func (g *Group) AddBot() { g.turnBot(member) }

// RemoveBot throws the bot out.
func (g *Group) RemoveBot() {
	g.turnBot(kicked)
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	bot := g.s.bot
	g.announce(g.owner(), &message{Message: models.Message{LeftChatMember: &bot}})
}

func (g *Group) turnBot(status membership) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.turn(g.c, g.owner(), status)
}

// Delete ends the group for everyone.
func (g *Group) Delete() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.c.gone = true
	g.s.touch()
}

// Upgrade makes the group a supergroup, as Telegram does when somebody changes certain settings of it: the old chat ends with
// a message that tells the new id, the new one begins with one that tells the old. The group is the new chat from then on.
func (g *Group) Upgrade() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	old := g.c
	if old.supergroup() || old.gone {
		return
	}
	made := g.s.newChat(models.Chat{ID: -1_000_000_000_000 - g.s.nextChat, Type: models.ChatTypeSupergroup, Title: old.Title})
	g.s.nextChat++
	made.members, made.status = slices.Clone(old.members), maps.Clone(old.status)
	by := g.owner()
	g.announce(by, &message{Message: models.Message{MigrateToChatID: made.ID}})
	old.moved, old.keys = made.ID, map[int64]*replyKeyboard{}
	g.c = made
	g.announce(by, &message{Message: models.Message{MigrateFromChatID: old.ID}})
}

// owner is who acts for the group.
func (g *Group) owner() models.User {
	for _, u := range g.c.members {
		if g.c.status[u.ID] == creator {
			return u.User
		}
	}
	return models.User{ID: anonymousID, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}
}

package preview

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"
)

// chat is a private chat of one person with the bot, a group, or a supergroup.
type chat struct {
	models.Chat
	owner   *user                // of a private chat
	members []*user              // of a group, in the order of joining
	status  map[int64]membership // of everyone who is or was in it, the bot included
	history []*message           // oldest first, deleted ones included
	byID    map[int]*message
	series  *int                     // the last message id given out; private chats and basic groups share one
	keys    map[int64]*replyKeyboard // by person
	pinned  *message
	typing  time.Time // the bot is busy here until then
	gone    bool      // the group was deleted
	dry     bool      // no reactions are allowed
	moved   int64     // the supergroup that it has become
}

type membership = models.ChatMemberType

const (
	creator       = models.ChatMemberTypeOwner
	administrator = models.ChatMemberTypeAdministrator
	member        = models.ChatMemberTypeMember
	restricted    = models.ChatMemberTypeRestricted
	left          = models.ChatMemberTypeLeft
	kicked        = models.ChatMemberTypeBanned
)

// newChat makes an empty chat. Ids of one series are never used twice, across the chats that share it: so documents and
// reports have it, and nothing should depend on more than that.
func (s *Server) newChat(c models.Chat) *chat {
	series := &s.series
	if c.Type == models.ChatTypeSupergroup {
		own := s.firstID - 1
		series = &own
	}
	made := &chat{
		Chat: c, series: series, byID: map[int]*message{},
		status: map[int64]membership{}, keys: map[int64]*replyKeyboard{},
	}
	s.chats[c.ID] = made
	return made
}

func (c *chat) private() bool { return c.owner != nil }

func (c *chat) supergroup() bool { return c.Type == models.ChatTypeSupergroup }

// holds says whether somebody is in the chat now.
func (c *chat) holds(id int64) bool {
	switch c.status[id] {
	case creator, administrator, member, restricted:
		return true
	}
	return false
}

func (c *chat) admin(id int64) bool {
	return c.status[id] == administrator || c.status[id] == creator
}

// find returns a message that is still there.
func (c *chat) find(id int) *message {
	m := c.byID[id]
	if m == nil || m.deleted {
		return nil
	}
	return m
}

// visible are the messages that are still there, oldest first.
func (c *chat) visible() []*message {
	return slices.DeleteFunc(slices.Clone(c.history), func(m *message) bool { return m.deleted })
}

// access is what a method wants to do with a chat.
type access int

const (
	toRead access = iota
	toEdit
	toWrite
)

// chatFor finds the chat that a parameter names and checks that the bot may do what it wants there.
func (s *Server) chatFor(r *request, name string, want access) (*chat, error) {
	c, err := s.resolve(r.text(name), name)
	if err != nil {
		return nil, err
	}
	return c, s.mayUse(c, want)
}

func (s *Server) resolve(id, name string) (*chat, error) {
	id = strings.TrimSpace(id)
	if id == "" {
		return nil, badRequest("%s is empty", name)
	}
	if username, ok := strings.CutPrefix(id, "@"); ok {
		for _, c := range s.chats {
			if c.supergroup() && username != "" && strings.EqualFold(c.Username, username) {
				return c, nil
			}
		}
		return nil, badRequest("chat not found")
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if c := s.chats[n]; err == nil && c != nil && s.met(c) {
		return c, nil
	}
	return nil, badRequest("chat not found")
}

// met says whether the bot has ever come across the chat: a person who never wrote and shares no group is unknown.
func (s *Server) met(c *chat) bool {
	if !c.private() {
		return c.status[s.bot.ID] != ""
	}
	return c.status[s.bot.ID] != "" || s.sharesGroup(c.owner)
}

func (s *Server) sharesGroup(u *user) bool {
	for _, c := range s.chats {
		if !c.private() && c.holds(u.ID) && c.holds(s.bot.ID) {
			return true
		}
	}
	return false
}

func (s *Server) mayUse(c *chat, want access) error {
	if c.private() {
		return s.mayUsePrivate(c, want)
	}
	status := c.status[s.bot.ID]
	name := "group chat"
	if c.supergroup() {
		name = "supergroup chat"
	}
	switch {
	case c.moved != 0 && want == toWrite:
		return &apiError{code: http.StatusBadRequest, text: "Bad Request: group chat was upgraded to a supergroup chat", migratedTo: c.moved}
	case c.moved != 0:
		return nil
	case c.gone && want == toWrite:
		return forbidden("the group chat was deleted")
	case c.gone:
		return nil
	case status == kicked && (c.supergroup() || want != toRead):
		return forbidden("bot was kicked from the " + name)
	case status == left && (c.supergroup() && c.Username == "" || want != toRead):
		return forbidden("bot is not a member of the " + name)
	case status == restricted && want == toWrite:
		return badRequest("not enough rights to send text messages to the chat")
	}
	return nil
}

func (s *Server) mayUsePrivate(c *chat, want access) error {
	switch {
	case want == toRead:
		return nil
	case c.owner.deleted:
		return forbidden("user is deactivated")
	case want == toWrite && c.status[s.bot.ID] == "":
		return forbidden("bot can't initiate conversation with a user")
	case want == toWrite && c.status[s.bot.ID] == kicked:
		return forbidden("bot was blocked by the user")
	}
	return nil
}

// getChat tells what the bot may know of a chat.
func (s *Server) getChat(r *request) (any, error) {
	c, err := s.chatFor(r, "chat_id", toRead)
	if err != nil {
		return nil, err
	}
	info := struct {
		models.Chat
		AccentColorID    int                     `json:"accent_color_id"`
		MaxReactionCount int                     `json:"max_reaction_count"`
		GiftTypes        map[string]bool         `json:"accepted_gift_types"`
		Permissions      *models.ChatPermissions `json:"permissions,omitempty"`
		Pinned           *message                `json:"pinned_message,omitempty"`
	}{Chat: c.Chat, MaxReactionCount: 11, GiftTypes: map[string]bool{}}
	if !c.private() {
		info.Permissions = everything()
	}
	if c.pinned != nil && !c.pinned.deleted {
		info.Pinned = c.pinned.wire()
	}
	return info, nil
}

func everything() *models.ChatPermissions {
	return &models.ChatPermissions{
		CanSendMessages: true, CanSendAudios: true, CanSendDocuments: true, CanSendPhotos: true, CanSendVideos: true,
		CanSendVideoNotes: true, CanSendVoiceNotes: true, CanSendPolls: true, CanSendOtherMessages: true,
		CanAddWebPagePreviews: true, CanChangeInfo: true, CanInviteUsers: true, CanPinMessages: true,
	}
}

func (s *Server) getChatMember(r *request) (any, error) {
	c, err := s.chatFor(r, "chat_id", toRead)
	if err != nil {
		return nil, err
	}
	id := r.integer("user_id")
	if id <= 0 {
		return nil, badRequest("invalid user_id specified")
	}
	if id == s.bot.ID {
		return chatMember(s.bot, c.status[id]), nil
	}
	u := s.user(id)
	if u == nil || c.private() && u != c.owner {
		return nil, badRequest("user not found")
	}
	if c.private() {
		return chatMember(u.User, member), nil
	}
	if c.status[id] == "" && !c.admin(s.bot.ID) && !s.met(s.chats[id]) {
		return nil, badRequest("user not found") // of strangers only an administrator is told for certain
	}
	return chatMember(u.User, c.status[id]), nil
}

// chatMember describes somebody's place in a chat.
func chatMember(u models.User, status membership) *models.ChatMember {
	m := &models.ChatMember{Type: status}
	switch status {
	case creator:
		m.Owner = &models.ChatMemberOwner{User: &u}
	case administrator:
		m.Administrator = &models.ChatMemberAdministrator{
			User: u, CanManageChat: true, CanDeleteMessages: true, CanManageVideoChats: true,
			CanRestrictMembers: true, CanChangeInfo: true, CanInviteUsers: true, CanPinMessages: true,
		}
	case member:
		m.Member = &models.ChatMemberMember{User: &u}
	case restricted:
		m.Restricted = &models.ChatMemberRestricted{User: &u, IsMember: true, CanSendMessages: !u.IsBot} // a bot is restricted to say nothing
	case kicked:
		m.Banned = &models.ChatMemberBanned{User: &u}
	default:
		m.Type, m.Left = left, &models.ChatMemberLeft{User: &u}
	}
	return m
}

func (s *Server) leaveChat(r *request) (any, error) {
	c, err := s.chatFor(r, "chat_id", toRead)
	if err != nil {
		return nil, err
	}
	if c.private() {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	if c.holds(s.bot.ID) {
		s.turn(c, s.bot, left)
	}
	return true, nil
}

// turn changes the bot's place in a chat and tells it.
func (s *Server) turn(c *chat, by models.User, status membership) {
	before := c.status[s.bot.ID]
	if before == status {
		return
	}
	c.status[s.bot.ID] = status
	now := s.now()
	s.push("my_chat_member", c.ID+memberLane, &models.ChatMemberUpdated{
		Chat: c.Chat, From: by, Date: int(now.Unix()),
		OldChatMember: *chatMember(s.bot, before), NewChatMember: *chatMember(s.bot, status),
	}, now.Add(messageLife))
	s.touch()
}

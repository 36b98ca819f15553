package desk

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// memory is a Tx of maps.
type memory struct {
	counters map[string]int64
	meta     map[string]string
	cases    map[CaseID]Case
	persons  map[PersonID]Person
	staff    map[PersonID]StaffMember
	invites  map[string]Invite
	notices  []Notice // that are still to come
	done     map[string]bool
}

func newMemory() *memory {
	return &memory{counters: map[string]int64{}, meta: map[string]string{}, cases: map[CaseID]Case{}, persons: map[PersonID]Person{}, staff: map[PersonID]StaffMember{}, invites: map[string]Invite{}, done: map[string]bool{}}
}

func (m *memory) Number(counter string) (int64, error) {
	m.counters[counter]++
	return m.counters[counter], nil
}

func (m *memory) Meta(name string) (string, bool, error) {
	v, ok := m.meta[name]
	return v, ok, nil
}

func (m *memory) SetMeta(name, value string) error { m.meta[name] = value; return nil }

func (m *memory) Case(id CaseID) (Case, error)           { return found(m.cases, id) }
func (m *memory) Person(id PersonID) (Person, error)     { return found(m.persons, id) }
func (m *memory) Staff(id PersonID) (StaffMember, error) { return found(m.staff, id) }

func found[K comparable, V any](in map[K]V, key K) (V, error) {
	v, ok := in[key]
	if !ok {
		return v, ErrNotFound
	}
	return v, nil
}

func (m *memory) PutCase(c Case) error         { m.cases[c.ID] = c; return nil }
func (m *memory) PutPerson(p Person) error     { m.persons[p.ID] = p; return nil }
func (m *memory) PutStaff(s StaffMember) error { m.staff[s.ID] = s; return nil }
func (m *memory) DropStaff(id PersonID) error  { delete(m.staff, id); return nil }

func (m *memory) where(so func(Case) bool) ([]Case, error) {
	var cs []Case
	for _, c := range m.cases {
		if so(c) {
			cs = append(cs, c)
		}
	}
	slices.SortFunc(cs, func(a, b Case) int { return cmp.Compare(a.ID, b.ID) })
	return cs, nil
}

func (m *memory) OpenCases(patient PersonID) ([]Case, error) {
	return m.where(func(c Case) bool { return c.Patient == patient && !c.State.Over() })
}

func (m *memory) CasesSince(patient PersonID, since time.Time) ([]Case, error) {
	return m.where(func(c Case) bool { return c.Patient == patient && !c.ChangedAt.Before(since) })
}

func (m *memory) QuestionsSince(since time.Time) ([]Case, error) {
	return m.where(func(c Case) bool { return c.Kind == Question && !c.OpenedAt.Before(since) })
}

func (m *memory) ListOpen() ([]Case, error) {
	return m.where(func(c Case) bool { return !c.State.Over() })
}

func (m *memory) ByHolder(holder PersonID) ([]Case, error) {
	return m.where(func(c Case) bool { return c.Holder == holder && !c.State.Over() })
}

func (m *memory) Visits(s Span) ([]Case, error) {
	cs, err := m.where(func(c Case) bool { return !c.Visit.At.IsZero() && s.Holds(c.Visit.At) })
	slices.SortStableFunc(cs, func(a, b Case) int { return a.Visit.At.Compare(b.Visit.At) })
	return cs, err
}

func (m *memory) PutInvite(i Invite) error {
	m.invites[string(i.Hash)] = i
	return nil
}

func (m *memory) TakeInvite(hash []byte) (Invite, error) {
	i, err := found(m.invites, string(hash))
	delete(m.invites, string(hash))
	return i, err
}

func (m *memory) ListStaff() ([]StaffMember, error) {
	return slices.SortedFunc(maps.Values(m.staff), func(a, b StaffMember) int { return cmp.Compare(a.ID, b.ID) }), nil
}

func (m *memory) PutNotice(n Notice) error {
	if m.done[n.ID] {
		return nil
	}
	m.notices = slices.DeleteFunc(m.notices, func(old Notice) bool { return old.ID == n.ID })
	m.notices = append(m.notices, n)
	return nil
}

func (m *memory) DropNotices(c CaseID, after time.Time) error {
	m.notices = slices.DeleteFunc(m.notices, func(n Notice) bool { return n.Case == c && n.Due.After(after) })
	return nil
}

func (m *memory) DueNotices(now time.Time, limit int) ([]Notice, error) {
	due := slices.DeleteFunc(slices.Clone(m.notices), func(n Notice) bool { return n.Due.After(now) })
	slices.SortStableFunc(due, func(a, b Notice) int { return a.Due.Compare(b.Due) })
	return due[:min(limit, len(due))], nil
}

func (m *memory) DoneNotice(id string, _ time.Time) error {
	m.done[id] = true
	m.notices = slices.DeleteFunc(m.notices, func(n Notice) bool { return n.ID == id })
	return nil
}

var _ Tx = (*memory)(nil)

package desk

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEnlist(t *testing.T) {
	d, m := openDesk(t)
	m.staff[30] = StaffMember{ID: 30, Role: Staff, GrantedBy: boss}
	if err := d.Enlist(m, []PersonID{boss, 31}, []PersonID{31, 32}); err != nil {
		t.Fatal(err)
	}
	team, _ := m.ListStaff()
	want := []StaffMember{{ID: boss, Role: Admin}, {ID: 30, Role: Staff, GrantedBy: boss}, {ID: 31, Role: Admin}, {ID: 32, Role: Staff}}
	if diff := cmp.Diff(want, team); diff != "" {
		t.Errorf("team (-want +got):\n%s", diff)
	}
}

func TestRole(t *testing.T) {
	d, m := openDesk(t)
	m.staff[30] = StaffMember{ID: 30, Role: Staff, Until: noon}
	m.staff[31] = StaffMember{ID: 31, Role: Staff, Until: noon.Add(time.Second)}
	for id, want := range map[PersonID]Role{sana: Staff, boss: Admin, anna: "", 30: "", 31: Staff} {
		if got, err := d.Role(m, id); err != nil || got != want {
			t.Errorf("role of %d: %q, %v, want %q", id, got, err, want)
		}
	}
}

func TestInvite(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	if _, err := d.Invite(m, sana, "secret"); !errors.Is(err, ErrNotAdmin) {
		t.Errorf("invited by staff: %v", err)
	}
	if _, err := d.Invite(m, anna, "secret"); !errors.Is(err, ErrNotAdmin) {
		t.Errorf("invited by a patient: %v", err)
	}
	until, err := d.Invite(m, boss, "secret")
	if err != nil || !until.Equal(noon.Add(15*time.Minute)) {
		t.Fatalf("until %v, %v", until, err)
	}
	for hash := range m.invites {
		if bytes.Contains([]byte(hash), []byte("secret")) {
			t.Error("the secret is kept")
		}
	}
	if _, err := d.Join(m, bilal, "other"); !errors.Is(err, ErrInvite) {
		t.Errorf("joined with a guess: %v", err)
	}
	want := StaffMember{ID: bilal, Role: Staff, GrantedBy: boss}
	if got, err := d.Join(m, bilal, "secret"); err != nil || got != want || m.staff[bilal] != want {
		t.Errorf("joined: %+v, %v", got, err)
	}
	if _, err := d.Join(m, anna, "secret"); !errors.Is(err, ErrInvite) {
		t.Errorf("joined a second time: %v", err)
	}
	if _, err := d.Invite(m, boss, "late"); err != nil {
		t.Fatal(err)
	}
	now = now.Add(15 * time.Minute)
	if _, err := d.Join(m, anna, "late"); !errors.Is(err, ErrInvite) {
		t.Errorf("joined late: %v", err)
	}
	if role, err := d.Role(m, anna); role != "" || err != nil {
		t.Errorf("anna is %q, %v", role, err)
	}
	if _, err := d.Invite(m, boss, "own"); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Join(m, boss, "own"); err != nil || got.Role != Admin {
		t.Errorf("an admin who follows the link is %+v, %v", got, err)
	}
}

// Who leaves the team leaves nothing taken behind.
func TestDismiss(t *testing.T) {
	now := noon
	d, m := deskAt(t, &now)
	m.staff[bilal] = StaffMember{ID: bilal, Role: Staff, GrantedBy: boss}
	c := held(Booking, Requested)
	c.Holder = bilal
	m.cases[5] = c
	for _, test := range []struct {
		by, id PersonID
		want   error
	}{{sana, bilal, ErrNotAdmin}, {anna, bilal, ErrNotAdmin}, {boss, anna, ErrNotStaff}, {boss, sana, ErrBySettings}, {boss, bilal, nil}} {
		if err := d.Dismiss(m, test.by, test.id); !errors.Is(err, test.want) {
			t.Errorf("%d dismisses %d: %v, want %v", test.by, test.id, err, test.want)
		}
	}
	if m.cases[5].Holder != 0 || !cmp.Equal(m.told(), []NoticeKind{CaseChanged}) {
		t.Errorf("held by %d, told %v", m.cases[5].Holder, m.told())
	}
	if _, err := d.Confirm(m, 5, bilal, tue(13)); !errors.Is(err, ErrNotStaff) {
		t.Errorf("confirmed by somebody who has left: %v", err)
	}
	if err := d.Enlist(m, []PersonID{boss}, nil); err != nil { // the settings name sana no more
		t.Fatal(err)
	}
	if _, err := d.Take(m, 5, sana); !errors.Is(err, ErrNotStaff) {
		t.Errorf("taken by somebody who has left: %v", err)
	}
}

// Who leaves the group may do nothing until they are back in it, whatever the settings say meanwhile; an admin only loses what they had taken.
func TestAwayFromTheGroup(t *testing.T) {
	d, m := openDesk(t)
	m.cases[5] = Case{ID: 5, Kind: Question, State: Open, Holder: sana, LeaseUntil: noon.Add(time.Hour)}
	m.cases[6] = Case{ID: 6, Kind: Question, State: Open, Holder: boss, LeaseUntil: noon.Add(time.Hour)}
	for _, tt := range []struct {
		id      PersonID
		changed bool
		role    Role
	}{{sana, true, ""}, {sana, false, ""}, {boss, false, Admin}, {anna, false, ""}} {
		_, changed, err := d.Away(m, tt.id)
		role, failed := d.Role(m, tt.id)
		if err != nil || failed != nil || changed != tt.changed || role != tt.role {
			t.Errorf("%d: changed %v, %q, %v, %v", tt.id, changed, role, err, failed)
		}
	}
	if m.cases[5].Holder != 0 || m.cases[6].Holder != 0 {
		t.Errorf("still held: %+v, %+v", m.cases[5], m.cases[6])
	}
	if err := d.Enlist(m, []PersonID{boss}, []PersonID{sana}); err != nil {
		t.Fatal(err)
	}
	if on, err := d.OnTeam(m, sana); !on || err != nil {
		t.Errorf("on the team: %v, %v", on, err)
	}
	if role, _ := d.Role(m, sana); role != "" {
		t.Errorf("a start has made her %q", role)
	}
	for _, want := range []bool{true, false} {
		if changed, err := d.Back(m, sana); changed != want || err != nil {
			t.Errorf("back: %v, %v", changed, err)
		}
	}
	if role, _ := d.Role(m, sana); role != Staff {
		t.Errorf("back in the group she is %q", role)
	}
}

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

package bot

import "time"

// promise says by when the team answers. With example data, or where the clinic never opens, nothing is promised.
func (t *turn) promise() (string, error) {
	cal, err := t.desk.Calendar(t.tx)
	if err != nil {
		return "", err
	}
	by, ok := cal.Promise(t.now)
	if !ok {
		return t.w.PromiseSoon, nil
	}
	when := func(at time.Time) string {
		if cal.Today(at) == cal.Today(t.now) {
			return t.w.clock(at, cal.Zone())
		}
		return t.w.when(at, cal.Zone())
	}
	if opens, known := cal.NextOpening(t.now); known && opens.After(t.now) {
		return fill(t.w.PromiseClosed, "opens", when(opens), "when", when(by)), nil
	}
	return fill(t.w.PromiseBy, "when", when(by)), nil
}

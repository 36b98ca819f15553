package bot

import (
	"bytes"
	"image/png"
	"os"
	"testing"
	"time"
)

func TestThePictureIsUprightAndSmall(t *testing.T) {
	today := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	c := chart{clinic: "Glamorous Clinic Islamabad", met: [4][]int64{
		{12, 30, 22, 8, 41, 35, 19}, {3, 5, 2, 1, 7, 4, 2}, {2, 4, 4, 0, 5, 3, 1}, {1, 2, 0, 3, 4, 1, 2},
	}, topics: []bar{{"Sessions", 61}, {"How long results last", 44}, {"Risks and side effects", 30}, {"خطرات Keeping the result for longer", 17}, {"What it is", 9}, {"Who does it", 3}}}
	for i := range 7 {
		c.days = append(c.days, today.AddDate(0, 0, i-6))
	}
	empty := chart{days: c.days, met: [4][]int64{make([]int64, 7), make([]int64, 7), make([]int64, 7), make([]int64, 7)}}
	for name, c := range map[string]chart{"full": c, "empty": empty} {
		data, err := c.draw()
		if err != nil {
			t.Fatal(err)
		}
		size, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || size.Width != chartWidth || size.Height < size.Width*3/4 || size.Height > 2*size.Width || len(data) > 300<<10 {
			t.Errorf("%s: %d x %d, %d bytes, %v", name, size.Width, size.Height, len(data), err)
		}
		if folder := os.Getenv("SHOW_CHARTS"); folder != "" { // to look at them
			if err := os.WriteFile(folder+"/"+name+".png", data, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}

package main

import (
	"context"
	"errors"
	"fmt"

	"skindesk/faq"
)

// check validates a faq file and prints every fault and warning, one a line, as file:line:column.
func check(_ context.Context, env environ, args []string) error {
	fs := flags(env, "check")
	if err := fs.Parse(args); err != nil {
		return err
	}
	file := fs.Arg(0)
	if file == "" {
		c, err := readConfig(env.lookup)
		if err != nil {
			return err
		}
		file = c.FAQFile
	}
	data, err := faqFile(file).read()
	if err != nil {
		return fmt.Errorf("read the faq file: %w", err)
	}
	f, warnings, err := faq.Parse(data)
	var faults faq.Faults
	if err != nil && !errors.As(err, &faults) {
		return err
	}
	for _, list := range [][]faq.Fault{faults, warnings} {
		for _, x := range list {
			fmt.Fprintf(env.stdout, "%s:%s\n", file, x)
		}
	}
	if len(faults) > 0 {
		fmt.Fprintf(env.stdout, "%d faults, %d warnings. Nothing of this file would be used.\n", len(faults), len(warnings))
		return errReported
	}
	fmt.Fprintf(env.stdout, "%s: good, %d entries, %d warnings.\n", file, len(f.Entries), len(warnings))
	return nil
}

"""Reads calendar files with python-icalendar and writes what it understood, a line of JSON for each file."""
import json
import sys

import icalendar

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    (event,) = calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")
    start = event["DTSTART"]
    local = start.dt.replace(tzinfo=None)
    json.dump({
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]),
        "place": str(event.get("LOCATION", "")),
        "zone": start.params["TZID"],
        "local": local.isoformat(),
        "minutes": int((event["DTEND"].dt - start.dt).total_seconds() // 60),
        "about": str(event.get("DESCRIPTION", "")),
        # By the reader's own knowledge of the zone, and by the rules that the file brings along.
        "known": int(start.dt.timestamp()),
        "brought": int(zone.to_tz().localize(local).timestamp()),
        "stamp": int(event["DTSTAMP"].dt.timestamp()),
    }, sys.stdout)
    print()

"""The ground floor: what flows. Topics, records, wire, settings, metric names, broker."""

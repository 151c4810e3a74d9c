"""Events to alerts: which events tell of one situation, and which change of it a reader must know."""

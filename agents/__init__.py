"""The upper floor: who works on the streams, one folder an agent, in the order of the flow."""

"""Numbers of people: who was killed or injured, how many, by whose count, and which counts are sums."""

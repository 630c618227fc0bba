"""Place names in, positions out, in the light of what stands around them."""

"""Whether the specimen can leave past cord, roots and vessels."""

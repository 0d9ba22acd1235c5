"""Where the working minutes go under different ways of governing."""

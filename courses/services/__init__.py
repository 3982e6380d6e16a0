"""What changes records of learning; each function is one transaction and safe to call twice."""

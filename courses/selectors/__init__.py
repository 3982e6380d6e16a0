"""What pages and views show of learning. Reads, never writes."""

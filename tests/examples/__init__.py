"""What stands in examples/, run as its readers would."""

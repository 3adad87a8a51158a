"""What each thing that Slack triggers does: plain functions behind one error boundary."""

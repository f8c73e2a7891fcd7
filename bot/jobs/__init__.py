"""When work happens (APScheduler); what happens are the newsroom's verbs."""

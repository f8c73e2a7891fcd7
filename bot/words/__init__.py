"""Every word a reader sees, in Kazakh, Russian and English (Fluent); shared by chat, digest and pages."""

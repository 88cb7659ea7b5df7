// Loaded into the web server: when the process that started it is killed outright, the server must not stay behind and
// hold the port.
if (process.send) process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));

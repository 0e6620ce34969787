# Several Pushlab servers behind Varnish 6 or later, without sticky sessions: docs/scale.md.
# Servers that listen on 127.0.0.1 must know the name that clients use: --allow-host lab.example.org
#
# Two settings are parameters, and a command line has them:
#   varnishd -a :8080 -f varnish.vcl -p pipe_timeout=75 -p h2_max_concurrent_streams=1000

vcl 4.1;

import directors;

# A server that has died is left out after 2 s at most.
probe live {
    .url = "/health/live";
    .interval = 1s;
    .timeout = 1s;
    .window = 2;
    .threshold = 2;
    .initial = 2;
}

# Times longer than a hold (25 s, at most 30 s) and than the silence between two heartbeats (15 s, at
# most 60 s).
backend one {
    .host = "127.0.0.1";
    .port = "8081";
    .probe = live;
    .connect_timeout = 2s;
    .first_byte_timeout = 75s;
    .between_bytes_timeout = 75s;
}

backend two {
    .host = "127.0.0.1";
    .port = "8082";
    .probe = live;
    .connect_timeout = 2s;
    .first_byte_timeout = 75s;
    .between_bytes_timeout = 75s;
}

sub vcl_init {
    new pushlab = directors.round_robin();
    pushlab.add_backend(one);
    pushlab.add_backend(two);
}

sub vcl_recv {
    set req.backend_hint = pushlab.backend();
    if (req.http.Upgrade ~ "(?i)websocket") { return (pipe); }
    # Send each poll to a server: otherwise equal ones wait for the answer to the first.
    return (pass);
}

sub vcl_pipe {
    set bereq.http.Upgrade = req.http.Upgrade;
    set bereq.http.Connection = req.http.Connection;
}

sub vcl_backend_response {
    # If you compress what browsers load: compression would hold back each event.
    if (beresp.http.Content-Type ~ "event-stream") { set beresp.do_gzip = false; }
}

# When a server has died, ask one after the other, except for an update that was sent: that server may
# have made it.
sub vcl_backend_error {
    if (bereq.method == "GET" && bereq.retries < 2) {
        return (retry);
    }
}

sub vcl_backend_fetch {
    if (bereq.retries == 1) {
        set bereq.backend = one;
    } else if (bereq.retries == 2) {
        set bereq.backend = two;
    }
}

namespace Mattermost.Simulator;

/// <summary>The WebSocket connections of users' clients: looks at them, and makes them fail on demand.</summary>
public sealed class WebSocketLines
{
    private readonly World world;
    private int opened;
    private int challengesToIgnore;
    private int challengesIgnored;
    private int pingsHeard;
    private int logInsToCut;

    internal WebSocketLines(World world) => this.world = world;

    /// <summary>How many connections have been opened so far, whoever by.</summary>
    public int OpenedSoFar => Volatile.Read(ref opened);

    /// <summary>How many log-ins were left without an answer.</summary>
    public int ChallengesIgnored => Volatile.Read(ref challengesIgnored);

    /// <summary>How often a client asked whether the server is there, answered or not.</summary>
    public int PingsHeard => Volatile.Read(ref pingsHeard);

    /// <summary>The name of a user's connection and the number of the last event on it; null when they have none.</summary>
    public (string Line, long Number)? Of(string userId) =>
        world.Hub.Of(userId).FirstOrDefault() is { } client
            ? (client.ConnectionId, client.LastNumber)
            : null;

    /// <summary>The server forgets the lines that were lost: who wants to take one up again begins anew.</summary>
    public void ForgetLost() => world.Hub.ForgetLost();

    /// <summary>Cuts a user's connections. Where the server remembers lines, they can be taken up again for five minutes.</summary>
    public void Cut(string userId)
    {
        foreach (var client in world.Hub.Of(userId))
        {
            client.Abort();
        }
    }

    /// <summary>The next events to a user are counted and never arrive.</summary>
    public void Lose(string userId, int events)
    {
        foreach (var client in world.Hub.Of(userId))
        {
            client.Lose(events);
        }
    }

    /// <summary>A user's connections stay open and bring nothing any more, as behind a firewall that forgot them.</summary>
    public void FallSilent(string userId)
    {
        foreach (var client in world.Hub.Of(userId))
        {
            client.FallSilent();
        }
    }

    /// <summary>Sends a user's clients something that the server would never send.</summary>
    public void Say(string userId, string text)
    {
        foreach (var client in world.Hub.Of(userId))
        {
            client.Say(text);
        }
    }

    /// <summary>A plugin tells a user's clients something of its own.</summary>
    public void Tell(string userId, string plugin, string what) =>
        world.Hub.Publish($"custom_{plugin}_{what}", Audience.User(userId), () => []);

    /// <summary>The next connections are cut in the moment of logging in, before anything was said about the token.</summary>
    public void CutLogIns(int count) => Interlocked.Add(ref logInsToCut, count);

    internal bool CutsLogIn()
    {
        if (Interlocked.Decrement(ref logInsToCut) < 0)
        {
            Interlocked.Increment(ref logInsToCut);
            return false;
        }

        return true;
    }

    /// <summary>The next log-ins on new connections are left without an answer.</summary>
    public void IgnoreChallenges(int count) => Interlocked.Add(ref challengesToIgnore, count);

    internal void Opened()
    {
        Interlocked.Increment(ref opened);
        world.Changes.Signal();
    }

    internal void HeardPing()
    {
        Interlocked.Increment(ref pingsHeard);
        world.Changes.Signal();
    }

    internal bool IgnoresChallenge()
    {
        if (Interlocked.Decrement(ref challengesToIgnore) < 0)
        {
            Interlocked.Increment(ref challengesToIgnore);
            return false;
        }

        Interlocked.Increment(ref challengesIgnored);
        world.Changes.Signal();
        return true;
    }
}

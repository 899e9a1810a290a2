namespace Campaigns;

/// <summary>How Mattermost finds the sidecar's doors.</summary>
internal enum DoorState
{
    Open,

    /// <summary>Nobody answers: the process is frozen.</summary>
    Silent,

    /// <summary>What is asked is done, and its answer never arrives.</summary>
    LosesAnswers,
}

/// <summary>Carries what Mattermost asks of the sidecar.</summary>
internal sealed class Doors() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private int _state;

    public DoorState State
    {
        get => (DoorState)Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, (int)value);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (State == DoorState.Silent)
        {
            throw new HttpRequestException("Nobody answers.");
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (State != DoorState.LosesAnswers)
        {
            return answer;
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        answer.Dispose();
        throw new HttpRequestException("The answer was lost.");
    }
}

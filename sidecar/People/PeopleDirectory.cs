using Sidecar.Interactions;

namespace Sidecar.People;

public sealed class PeopleDirectory
{
    public ValueTask<ChatPerson?> Find(UserId id, CancellationToken cancel) => default;

    public TimeZoneInfo ZoneOf(UserId id) => TimeZoneInfo.Utc;

    public void Learn(UserId id, string? name) { }

    public string? NameOf(UserId id) => null;

    public Task Know(IEnumerable<UserId> ids, CancellationToken c) => Task.CompletedTask;
}

namespace Mattermost.Simulator;

/// <summary>Where a command may answer later: 30 minutes, 5 times, without a login.</summary>
internal sealed class ResponseUrls(World world)
{
    private const int MaxUses = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, Entry> byId = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long At)> oldestFirst = new();

    public string New(Command command, CommandPlace place)
    {
        var entry = new Entry(command.Id, place, world.Now);
        var id = Ids.New();
        lock (world.Gate)
        {
            byId.Add(id, entry);
            oldestFirst.Enqueue((id, entry.CreateAt));
            while (oldestFirst.Peek() is var oldest && IsOver(oldest.At))
            {
                byId.Remove(oldestFirst.Dequeue().Id);
            }
        }

        return id;
    }

    public void Use(string id, CommandAnswer answer)
    {
        Entry entry;
        Command command;
        lock (world.Gate)
        {
            if (!byId.TryGetValue(id, out entry!) || IsOver(entry.CreateAt))
            {
                throw Refuse.With("app.command_webhook.get.missing", 404);
            }

            command =
                world.Commands.Find(entry.CommandId)
                ?? throw Refuse.With("web.command_webhook.command.app_error", 400);
            if (entry.Uses >= MaxUses)
            {
                throw Refuse.With("app.command_webhook.try_use.invalid", 400);
            }

            entry.Uses++;
        }

        world.CommandResponses.Handle(command, entry.Place, answer);
    }

    private bool IsOver(long createdAt) => world.Now - createdAt > Life.TotalMilliseconds;

    private sealed class Entry(string commandId, CommandPlace place, long createAt)
    {
        public string CommandId { get; } = commandId;
        public CommandPlace Place { get; } = place;
        public long CreateAt { get; } = createAt;
        public int Uses { get; set; }
    }
}

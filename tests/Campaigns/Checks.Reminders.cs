using Campaigns.Model;
using Mattermost.Simulator;

namespace Campaigns;

/// <content>Whoever must be told something is, once and in time.</content>
internal sealed partial class Checks
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(2);

    private IReadOnlyList<DateTimeOffset> Seen(
        Case one,
        Kind kind,
        string who,
        string of,
        Dictionary<string, ILookup<string, Post>> messages,
        IReadOnlyList<Post> thread,
        IReadOnlyList<Post> room
    )
    {
        var posts = kind switch
        {
            Kind.Overdue or Kind.Executive => thread
                .Concat(room)
                .Concat(town.Deleted.Where(d => thread.Count > 0 && d.RootId == thread[0].RootId)),
            _ => messages[who][one.Id],
        };
        string[] starts = kind switch
        {
            Kind.Rung => [":alarm_clock: Nobody", ":telephone_receiver:"],
            Kind.Prompt => [$":memo: **{one.Id}**"],
            Kind.Overdue => [":memo: The status update is"],
            Kind.TaskSoon or Kind.TaskMissed => [$":alarm_clock: **{one.Id}**"],
            Kind.LeadTold => [$":memo: The status update of **{one.Id}**"],
            _ => [":necktie: The incident is"],
        };
        return
        [
            .. posts
                .Where(p =>
                    starts.Any(s => p.Message.StartsWith(s, StringComparison.Ordinal))
                    && !(kind == Kind.Executive && p.RootId.Length == 0)
                    && p.Message.Contains(of.Length == 0 ? "" : $" {of} ", StringComparison.Ordinal)
                )
                .Select(p => DateTimeOffset.FromUnixTimeMilliseconds(p.CreateAt)),
        ];
    }

    private void Reminders(
        Case one,
        Kind kind,
        string who,
        string of,
        IReadOnlyList<DateTimeOffset> seen
    )
    {
        var all = one.Reminders.Where(r => r.Kind == kind && r.Who == who && r.Of == of).ToList();
        var left = all.ToList();
        var told = () =>
            $"{kind} {of} to {who}: expected {string.Join(", ", all)}; seen {string.Join(", ", seen.Select(s => s.ToString("O")))}";
        // One message may stand for all that fell into one trouble. While Mattermost alone is away the sidecar decides in
        // time and keeps what it has to say: then each may come as well.
        var spare = 0;
        foreach (var at in seen)
        {
            var covered = left.Where(r => r.DueAt <= at).ToList();
            if (covered.Count == 0 && spare-- <= 0)
            {
                throw Wrong(one, $"doubled, or not due: {at:O}; {told()}");
            }

            foreach (var reminder in covered.Where(r => !r.IsOptional))
            {
                if (one.Deadline(reminder) is { } deadline && at > deadline + InTime)
                {
                    throw Wrong(one, $"late: {reminder} came at {at:O}; {told()}");
                }
            }

            spare += Math.Max(
                0,
                covered.Count(r => town.Rota.Sidecar.After(r.DueAt) == r.DueAt) - 1
            );
            left.RemoveAll(covered.Contains);
        }

        if (
            left.Find(r => !r.IsOptional && one.Deadline(r) is { } d && d + InTime < town.Now) is
            { } lost
        )
        {
            throw Wrong(one, $"lost: {lost}; {told()}");
        }
    }
}

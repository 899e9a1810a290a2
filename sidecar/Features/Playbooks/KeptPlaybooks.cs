using System.Text;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Playbooks;

/// <summary>
/// The playbooks that were brought in, on the shelf from the start on. Where several sidecars share a store, each looks now
/// and then what the others brought in, and whenever somebody asks.
/// </summary>
internal sealed class KeptPlaybooks(
    Store store,
    PlaybookShelf shelf,
    ILeases leases,
    TimeProvider clock
) : IHostedService
{
    /// <summary>So many can be kept.</summary>
    public const int Most = 50;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        leases.Look += LookAgain;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        leases.Look -= LookAgain;
        return Task.CompletedTask;
    }

    /// <summary>Puts all that are kept on the shelf.</summary>
    public async Task Refresh(CancellationToken cancel) =>
        shelf.Put((await All(cancel)).Select(Read).OfType<Playbook>());

    /// <summary>Reads one as it was written; null when it is none.</summary>
    public static Playbook? Read(KeptPlaybook kept) =>
        new PlaybookReader(new FileProblems(kept.Key, [])).Read(
            kept.Key,
            Encoding.UTF8.GetBytes(kept.Json)
        )
            is var (playbook, _)
            ? playbook with
            {
                IsKept = true,
            }
            : null;

    /// <summary>Why one can't be kept beside the others; null when it can.</summary>
    public async ValueTask<Refusal?> WhyNot(Playbook playbook, CancellationToken cancel)
    {
        await Refresh(cancel);
        if (shelf.All.GetValueOrDefault(playbook.Key) is { IsShipped: false, IsKept: false } file)
        {
            return new PlaybookIsFile(file);
        }

        if (
            shelf.All.Values.FirstOrDefault(p =>
                p.Key != playbook.Key && !p.IsShipped && p.Contests(playbook)
            ) is
            { } other
        )
        {
            return new PlaybooksContest(playbook, other);
        }

        return (await All(cancel)) is { Count: >= Most } all && all.All(k => k.Key != playbook.Key)
            ? new TooManyPlaybooks()
            : null;
    }

    /// <summary>
    /// Keeps what a draft holds. Pressed twice, it is kept once; what others kept under its key since it was shown is said
    /// before it goes, and goes when it is pressed again (M1).
    /// </summary>
    public async Task<(KeptPlaybook? Kept, Refusal? Why)> Keep(
        string draft,
        Envelope from,
        CancellationToken cancel
    )
    {
        var by = from.User;
        while (
            await store.Find(PlaybookDraft.Kind, draft, cancel) is { Value.Read: { } read } found
        )
        {
            if (Read(read) is not { } playbook)
            {
                return (null, null);
            }

            if (await WhyNot(playbook, cancel) is { } why)
            {
                return (null, why);
            }

            var now = clock.GetUtcNow();
            var former = await store.Find(KeptPlaybook.Kind, read.Key, cancel);
            if (former?.Value.Json == read.Json)
            {
                return (former.Value, null);
            }

            if (former is { Value: var meanwhile } && IsUnseen(found.Value, meanwhile, from))
            {
                if (
                    await store.Commit(
                        new Change(now, by.Value).Replace(
                            PlaybookDraft.Kind,
                            found,
                            found.Value with
                            {
                                Upon = KeptPlaybook.Standing(meanwhile),
                                Asked = from.Act,
                            }
                        ),
                        cancel
                    )
                )
                {
                    return (null, new KeptMeanwhile(meanwhile));
                }

                continue;
            }

            var kept = read with { By = by, At = now };
            var change = new Change(now, by.Value).Record<PlaybookFact>(
                PlaybookFact.Subject(kept.Key),
                new PlaybookFact.PlaybookKept(by, kept.Key, former is not null),
                PlaybookJson.Default.PlaybookFact
            );
            change.Replace(PlaybookDraft.Kind, found, found.Value);
            _ = former is null
                ? change.Add(KeptPlaybook.Kind, kept.Key, kept)
                : change.Replace(KeptPlaybook.Kind, former, kept);
            if (await store.Commit(change, cancel))
            {
                await Refresh(cancel);
                return (kept, null);
            }
        }

        return (null, null);
    }

    private static bool IsUnseen(PlaybookDraft draft, KeptPlaybook standing, Envelope from) =>
        draft.Upon is { } upon
        && (upon != KeptPlaybook.Standing(standing) || draft.Asked == from.Act);

    /// <summary>Takes one away again; what follows it goes on with its own copy.</summary>
    public async Task<bool> Remove(string key, UserId by, CancellationToken cancel)
    {
        while (await store.Find(KeptPlaybook.Kind, key, cancel) is { } read)
        {
            var change = new Change(clock.GetUtcNow(), by.Value)
                .Delete(KeptPlaybook.Kind, read)
                .Record<PlaybookFact>(
                    PlaybookFact.Subject(key),
                    new PlaybookFact.PlaybookRemoved(by, key),
                    PlaybookJson.Default.PlaybookFact
                );
            if (await store.Commit(change, cancel))
            {
                await Refresh(cancel);
                return true;
            }
        }

        return false;
    }

    private async ValueTask<IReadOnlyList<KeptPlaybook>> All(CancellationToken cancel) =>
        [
            .. (
                await store.List(
                    KeptPlaybook.Kind,
                    KeptPlaybook.ByKey,
                    IndexKey.Empty,
                    null,
                    Most,
                    cancel
                )
            ).Items.Select(k => k.Value),
        ];

    private void LookAgain(object? sender, EventArgs look) =>
        _ = Task.Run(async () =>
        {
            try
            {
                await Refresh(CancellationToken.None);
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // What stands there stays until the next look.
            }
        });
}

internal sealed record PlaybookIsFile(Playbook Playbook)
    : Refusal(
        Markdown.Of(
            $"{Markdown.Code(Playbook.Key)} is a file of your team’s on my machine, and a file comes first. Bring this one in under another name: type {Markdown.Code("as")} and the name after the link."
        )
    );

internal sealed record KeptMeanwhile(KeptPlaybook Standing)
    : Refusal(
        Markdown.Of(
            $"Since you were shown what that file becomes, {Standing.By} kept another playbook as {Markdown.Code(Standing.Key)}{(KeptPlaybooks.Read(Standing) is { } other ? Markdown.Of($" ({other.Name})") : Markdown.None)}. Nothing was changed. Press again to put yours in its place, or bring yours in under another name: type {Markdown.Code("as")} and the name after the link."
        )
    );

internal sealed record PlaybooksContest(Playbook Playbook, Playbook Other)
    : Refusal(
        Markdown.Of(
            $"{Markdown.Code(Other.Key)} starts by itself for {PlaybookWords.Starts(Other)} as well, and nobody could say which one does. Leave “severities” out of the file, or name other categories, and bring it in again."
        )
    );

internal sealed record TooManyPlaybooks()
    : Refusal(
        Markdown.Of(
            $"There are {KeptPlaybooks.Most} already that were brought in. {PlaybookWords.Command("playbook remove")} takes one away."
        )
    );

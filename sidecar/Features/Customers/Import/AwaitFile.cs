using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Customers.Import;

/// <summary>Whose file with customers is awaited in their direct messages with the bot, and until when.</summary>
/// <param name="Person">Who.</param>
/// <param name="Until">Until when, UTC.</param>
internal sealed record AwaitedFile(UserId Person, DateTimeOffset Until)
{
    /// <summary>
    /// The message with the last file that was there before, or was asked about; empty when there was none, null while
    /// nobody could say.
    /// </summary>
    public string? Last { get; init; }

    /// <summary>The message whose file is being imported: whoever asked for that is not asked about it.</summary>
    public string? Taken { get; init; }

    public static DocumentKind<AwaitedFile> Kind { get; } =
        new("customer-file-awaited", ImportJson.Default.AwaitedFile);
}

/// <summary>
/// Asks by itself about a file with customers that somebody sends by direct message after they were told to, so that
/// nothing has to be typed (SET-1, SET-2). The server does not tell of files in direct messages, so for a while it is
/// looked for.
/// </summary>
internal sealed class AwaitFile(Store store, SharedPosts posts, TimeProvider clock) : IDueTask
{
    private static readonly TimeSpan LookFor = TimeSpan.FromDays(7);

    // Who fills in a file now is answered at once; who comes back to it hours or days later is answered, too.
    private static readonly ImmutableArray<(TimeSpan Within, TimeSpan Every)> Looks =
    [
        (TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(10)),
        (TimeSpan.FromDays(1), TimeSpan.FromMinutes(5)),
        (LookFor, TimeSpan.FromHours(1)),
    ];

    public static string Kind => "customer.await-file";

    /// <summary>From now on, for a while, a file of somebody's is asked about; what lies there already is not.</summary>
    public async Task Await(UserId person, CancellationToken cancel)
    {
        bool committed;
        do
        {
            var read = await store.Find(AwaitedFile.Kind, person.Value, cancel);
            var now = clock.GetUtcNow();
            var awaited = read is null
                ? new AwaitedFile(person, now) { Last = await LastSent(person, cancel) }
                : read.Value;
            awaited = awaited with { Until = now + LookFor };
            var change = new Change(now, person.Value).Due(
                Kind,
                person.Value,
                now + Looks[0].Every
            );
            _ = read is null
                ? change.Add(AwaitedFile.Kind, person.Value, awaited)
                : change.Replace(AwaitedFile.Kind, read, awaited);
            committed = await store.Commit(change, cancel);
        } while (!committed);
    }

    /// <summary>Asks about a file that somebody sent since one was first awaited, or since they were last asked.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> Offer(UserId person, CancellationToken cancel)
    {
        var sent = (await posts.FindSent(person, ImportCustomers.Ending, cancel)).Found;
        var last = sent?.Id.Value ?? "";
        bool committed,
            isNew;
        do
        {
            var read = await store.Find(AwaitedFile.Kind, person.Value, cancel);
            if (read is null || read.Value.Last == last)
            {
                return false;
            }

            // Of what nobody could say, nobody knows whether it was sent as an answer.
            isNew = sent is not null && read.Value.Last is not null && read.Value.Taken != last;
            var change = new Change(clock.GetUtcNow(), person.Value).Replace(
                AwaitedFile.Kind,
                read,
                read.Value with
                {
                    Last = last,
                }
            );
            if (isNew)
            {
                change.Do(
                    ImportCustomers.Offer(person, sent!, await posts.LinkTo(sent!.Id, cancel))
                );
            }

            committed = await store.Commit(change, cancel);
        } while (!committed);

        return isNew;
    }

    /// <summary>Somebody asked for the import of a file by themselves: they are not asked about it.</summary>
    /// <param name="change">In which it is noted.</param>
    /// <param name="person">Who.</param>
    /// <param name="link">To the message with the file.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask Take(Change change, UserId person, string link, CancellationToken cancel)
    {
        if (
            Permalink.Read(link) is { Post.Value: var post }
            && await store.Find(AwaitedFile.Kind, person.Value, cancel) is { } read
        )
        {
            change.Replace(AwaitedFile.Kind, read, read.Value with { Taken = post });
        }
    }

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        await Offer(new UserId(call.Id), cancel);
        var awaited = await store.Find(AwaitedFile.Kind, call.Id, cancel);
        // The document stays: a file that is sent later is known to be new when one is awaited again.
        DateTimeOffset? again =
            awaited is { Value: var current } && current.Until > call.Now
                ? call.Now + Every(LookFor - (current.Until - call.Now))
                : null;
        await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, again), cancel);
    }

    /// <summary>How long until the next look, by how long a file has been awaited.</summary>
    private static TimeSpan Every(TimeSpan waited) =>
        Looks.First(look => waited < look.Within || look.Within == LookFor).Every;

    private async ValueTask<string?> LastSent(UserId person, CancellationToken cancel)
    {
        try
        {
            var sent = await posts.FindSent(person, ImportCustomers.Ending, cancel);
            return sent.Found?.Id.Value ?? "";
        }
        catch (ChatException)
        {
            return null;
        }
    }
}

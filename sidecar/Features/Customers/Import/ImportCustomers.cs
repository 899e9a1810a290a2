using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Import;

/// <summary>
/// <c>/escalate customer import [link] [dry-run]</c>: takes customers from a CSV file that somebody posted (CUS-2); without
/// a link, from the last one that they sent by direct message (SET-1).
/// The work is a due task, so that nobody waits for it and a restart does not lose it.
/// </summary>
internal sealed class ImportCustomers(
    Store store,
    RoleStore roles,
    PeopleDirectory people,
    SharedPosts posts,
    AwaitFile files,
    TimeProvider clock
) : ISlashCommand, IAction<SentFileRef>
{
    public const string Ending = ".csv";
    private const string DryRunWord = "dry-run";

    private static readonly Parameter<CommandWord> Link = Arguments
        .Word("link", "")
        .OrNothing() with
    {
        Usage = "[link to the message with the file]",
        Reader = source =>
            source.Next is { IsQuoted: false } word && word.Says(DryRunWord)
                ? ReadArgument.Absent<CommandWord>()
                : Arguments.Word("link", "").Reader(source),
    };

    private static readonly Parameter<string> DryRun = Arguments
        .Keyword(DryRunWord, "Write `dry-run` to be told what would happen, without any change.")
        .OrNothing();

    public static Permission Permission => CustomerRights.Import;

    public static CommandSpec Spec { get; } =
        new("customer import", "Import customers from a CSV file", Link, DryRun)
        {
            Examples =
            [
                "customer import",
                "customer import dry-run",
                "customer import https://chat.example.com/ops/pl/abcdefghijklmnopqrstuvwxyz dry-run",
            ],
            Details =
                $"Send the file to the bot by direct message: without a link, the last one you sent is used. Columns, in any order: {string.Join(", ", CustomerColumns.Headings.Select(h => $"`{h.Name}`"))}; the usual headings of other tools (Account Name, Company, Annual Revenue, Seats, Owner …) are known too, and columns that are not known are left out. `customer import template` sends a file to fill in. An empty cell leaves the value alone, `-` takes it away. A row updates the customer with its key (or, without a key, its name), or adds one. Owners are at-names. Rows that can't be taken are reported with their line, all others are taken; importing the same file again changes nothing. With `dry-run` you are told what would happen, and nothing does.",
        };

    public static ActionKey<SentFileRef> Key { get; } =
        new("customer.import-sent", ImportJson.Default.SentFileRef);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var isDryRun = call.Get(DryRun) is not null;
        if (call.Get(Link) is { Value: var link })
        {
            return Permalink.Read(link) is null
                ? Reply.No(new NoLink(link))
                : await Begin(link, isDryRun, call.Envelope, Markdown.Of($"that file"), cancel);
        }

        var sent = await posts.FindSent(call.Envelope.User, Ending, cancel);
        if (sent.Found is not { } post)
        {
            await files.Await(call.Envelope.User, cancel);
            return Reply.No(sent.Why!);
        }

        return await Begin(
            await posts.LinkTo(post.Id, cancel),
            isDryRun,
            call.Envelope,
            Markdown.Of($"**{NameOf(post)}**, which you sent me"),
            cancel
        );
    }

    public async Task<Reply> Press(ActionCall<SentFileRef> call, CancellationToken cancel)
    {
        var (link, isDryRun) = call.Payload;
        if (
            await store.Find(ImportJob.Kind, call.Envelope.Act, cancel) is null
            && (await store.OpenAbout(About(link), cancel)).Count == 0
        )
        {
            return Reply.No(
                Markdown.Of(
                    $"Its import has already begun, so nothing was done. {Markdown.Code($"/{SlashCommand.Trigger} customer import")} takes the last one that you sent me."
                )
            );
        }

        return await Begin(link, isDryRun, call.Envelope, Markdown.Of($"that file"), cancel);
    }

    /// <summary>Asks whether a file that somebody sent is to be imported.</summary>
    /// <param name="to">Who sent it.</param>
    /// <param name="sent">The message with it.</param>
    /// <param name="link">To that message.</param>
    public static Effect Offer(UserId to, ChatPost sent, string link) =>
        new Effect.TellPerson(
            to,
            Markdown.Of($"Shall I import customers from **{NameOf(sent)}**?"),
            new Card(Markdown.Of($"Customers by CSV"), Tone.Notice)
            {
                Text = Markdown.Of(
                    $"Rows that can’t be taken are reported, all others are taken. A customer that is there already is brought up to date."
                ),
                Controls =
                [
                    Key.Button("Import it", new SentFileRef(link, false), ControlStyle.Primary),
                    Key.Button("Only try it", new SentFileRef(link, true)),
                ],
            }
        )
        {
            About = About(link),
            OnBehalfOf = to,
            IsInternal = true,
        };

    /// <summary>How the one file of a message is called.</summary>
    private static string NameOf(ChatPost post) =>
        post.Files.First(f => f.Name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)).Name;

    private static string About(string link) => $"customer-import/{link}";

    private async Task<Reply> Begin(
        string link,
        bool isDryRun,
        Envelope from,
        Markdown file,
        CancellationToken cancel
    )
    {
        var actor = await roles.Of(from.User, cancel);
        var today = CalendarDay.At(clock.GetUtcNow(), await people.ZoneOf(from.User, cancel));
        var job = new ImportJob(
            from.Act,
            from.User,
            link,
            today,
            CustomerRights.Archive.Allows(actor),
            isDryRun
        );
        bool committed;
        do
        {
            // The same act was delivered before, and its import is on its way.
            if (await store.Find(ImportJob.Kind, job.Id, cancel) is not null)
            {
                break;
            }

            var now = clock.GetUtcNow();
            var tried = isDryRun
                ? null
                : await store.Find(TriedFile.Kind, TriedFile.IdOf(from.User, link), cancel);
            var change = new Change(now, from.User.Value)
                .Add(ImportJob.Kind, job.Id, job with { Tried = tried?.Value.Job })
                .Due(RunImport.Kind, job.Id, now);
            foreach (var asked in isDryRun ? [] : await store.OpenAbout(About(link), cancel))
            {
                change.Settle(asked, new Settlement(Markdown.Of($"You asked for its import.")));
            }

            if (tried is not null)
            {
                change.Delete(TriedFile.Kind, tried);
            }

            if (!isDryRun)
            {
                await files.Take(change, from.User, link, cancel);
            }

            committed = await store.Commit(change, cancel);
        } while (!committed);

        return Reply.Say(
            Markdown.Of(
                $"I am reading {file}{(isDryRun ? ", and change nothing" : "")}. I will tell you the result by direct message."
            )
        );
    }
}

/// <summary>What a button below a file that somebody sent carries.</summary>
/// <param name="Link">To the message with the file.</param>
/// <param name="IsDryRun">Nothing is written.</param>
internal sealed record SentFileRef(string Link, bool IsDryRun);

using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Import;

/// <summary>
/// <c>/escalate customer import &lt;link&gt; [dry-run]</c>: takes customers from a CSV file that somebody posted (CUS-2).
/// The work is a due task, so that nobody waits for it and a restart does not lose it.
/// </summary>
internal sealed class ImportCustomers(
    Store store,
    RoleStore roles,
    PeopleDirectory people,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Link = new(
        "link",
        "<link to the message with the file>",
        Arguments.Word("link", "").Reader
    )
    {
        Hint =
            "Which file? Post the CSV file in a channel, and paste the link to that message behind the command.",
    };

    private static readonly Parameter<string> DryRun = Arguments
        .Keyword("dry-run", "Write `dry-run` to be told what would happen, without any change.")
        .OrNothing();

    public static Permission Permission => CustomerRights.Import;

    public static CommandSpec Spec { get; } =
        new("customer import", "Take customers from a CSV file", Link, DryRun)
        {
            Examples =
            [
                "customer import https://chat.example.com/ops/pl/abcdefghijklmnopqrstuvwxyz dry-run",
            ],
            Details =
                $"Columns, in any order: {string.Join(", ", CustomerColumns.Headings.Select(h => $"`{h.Name}`"))}; the usual headings of other tools (Account Name, Company, Annual Revenue, Seats, Owner …) are known too, and columns that are not known are left out. `customer import template` sends a file to fill in. An empty cell leaves the value alone, `-` takes it away. A row updates the customer with its key (or, without a key, its name), or adds one. Owners are at-names. Rows that can't be taken are reported with their line, all others are taken; importing the same file again changes nothing. With `dry-run` you are told what would happen, and nothing does.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var link = call.Get(Link)!.Value;
        if (Permalink.Read(link) is null)
        {
            return Reply.No(new NoLink(link));
        }

        var envelope = call.Envelope;
        var actor = await roles.Of(envelope.User, cancel);
        var now = clock.GetUtcNow();
        var job = new ImportJob(
            envelope.Act,
            envelope.User,
            link,
            CalendarDay.At(now, await people.ZoneOf(envelope.User, cancel)),
            CustomerRights.Archive.Allows(actor),
            call.Get(DryRun) is not null
        );
        // Not committed: the same command was delivered before, and its import is on its way.
        await store.Commit(
            new Change(now, envelope.User.Value)
                .Add(ImportJob.Kind, job.Id, job)
                .Due(RunImport.Kind, job.Id, now),
            cancel
        );
        return Reply.Say(
            Markdown.Of(
                $"I am reading that file{(job.IsDryRun ? ", and change nothing" : "")}. What comes of it I tell you by direct message."
            )
        );
    }
}

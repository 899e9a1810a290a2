using Sidecar.Features.Assignments.Reviews;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.MySummary;

/// <summary><c>/escalate me</c>: what is mine, due, overdue (WEEK-2).</summary>
internal sealed class ShowMySummary(Summaries summaries, PeopleDirectory people) : ISlashCommand
{
    public static Permission Permission { get; } =
        Permission.Everybody("see a summary of what is theirs");

    public static CommandSpec Spec { get; } =
        new("me", "Show what is yours: overdue, due, waiting for you")
        {
            IsHinted = true,
            Examples = ["me"],
            Details =
                "Escalations that you own or raised, what nobody acknowledges while you are on duty, what reached you as a lead, tasks, check-ins, reviews, approvals, each with the command that does it. `me daily 8:30` sends it every working day.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var summary = await summaries.Of(by, cancel);
        return Reply.Say(
            summary.IsEmpty
                ? Markdown.Of(
                    $"Nothing is waiting for you: no open escalation, task, check-in or approval. {ReviewWords.Command("list")} shows what is open."
                )
                : summary.Show(await people.ZoneOf(by, cancel))
        );
    }
}

using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// “Escalate this message”: opens the form with a message's text as the summary and its link (ESC-1). Only for who may
/// read the message, as the bot must.
/// </summary>
internal sealed class RaiseFromMessage(SharedPosts shared, CustomerStore customers, IChat chat)
    : ISlashCommand
{
    private static readonly Parameter<CommandWord> Link = Arguments.Word(
        "link",
        "Which message? Copy its link from the message’s menu."
    );

    public static Permission Permission => EscalationRights.Raise;

    public static CommandSpec Spec { get; } =
        new("message", "Open the form filled in from a message", Link)
        {
            Examples = ["message https://chat.example.com/ops/pl/ow7gswbhn3y7pnr9o5wc8qk1re"],
            Details =
                "Its text becomes the summary (kept whole under *Customer impact* when it is long), its address one of the links. The bot must be in the channel of that message, and so must you.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var link = call.Get(Link)!.Value;
        var found = await shared.Find(link, call.Envelope.User, cancel);
        if (found.Found is not { } post)
        {
            return Reply.No(found.Why!);
        }

        var text = post.Message.Trim();
        var summary = text.ReplaceLineEndings(" ");
        var isPrivate = await IsPrivate(post.Channel, cancel);
        return IntakeDialog.Open(
            new IntakeDraft
            {
                // By the key where the name might mean another, archived one.
                Customer = await customers.NamedIn(text, call.Envelope.User, cancel) switch
                {
                    null => null,
                    var named when CustomerKey.Of(named.Name) == named.Key => named.Name,
                    var named => named.Key.Value,
                },
                Summary = MarkdownEscaper.Shorten(summary, Escalation.MaxSummaryLength),
                CustomerImpact = !TextLength.Fits(summary, Escalation.MaxSummaryLength)
                    ? MarkdownEscaper.Shorten(text, Escalation.MaxLongTextLength)
                    : null,
                Links = link,
                IsFromPrivate = isPrivate,
                Note = isPrivate ? IntakeNotes.ReadByMany : Markdown.None,
            },
            new IntakeState(IsFromPrivate: isPrivate ? true : null)
        );
    }

    /// <summary>What was said in private is not carried elsewhere without a word (U26).</summary>
    private async ValueTask<bool> IsPrivate(ChannelId channel, CancellationToken cancel)
    {
        try
        {
            return await chat.FindChannel(channel, cancel) is not { IsPrivate: false };
        }
        catch (ChatException)
        {
            // Whoever can't be sure that it is public is told as if it were not.
            return true;
        }
    }
}

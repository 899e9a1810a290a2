using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Tokens;

/// <summary><c>/escalate token list</c>: one's own tokens; all of them for administrators.</summary>
internal sealed class ListTokens(TokenStore tokens, RoleStore roles, TimeProvider clock)
    : ISlashCommand
{
    private const int Shown = 40;

    private static readonly Parameter<string> All = Arguments.Keyword("all", "") with
    {
        IsOptional = true,
        Usage = "[all]",
    };

    public static Permission Permission => TokenRights.See;

    public static CommandSpec Spec { get; } =
        new("token list", "Show your tokens of the REST API", All)
        {
            Examples = ["token list", "token list all"],
            Details =
                "Administrators see everybody’s with `all`. The tokens themselves are kept nowhere.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var all = call.Get(All) is not null;
        if (all && await roles.Check(TokenRights.Administer, by, cancel) is { } refusal)
        {
            return Reply.No(refusal);
        }

        var now = clock.GetUtcNow();
        var list = await tokens.List(all ? null : by, cancel);
        if (list.Count == 0)
        {
            return Reply.Say(
                Markdown.Of(
                    $"There is no token. {Markdown.Code($"/{SlashCommand.Trigger} token make name")} makes one."
                )
            );
        }

        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"| | Name | Acts as | Scopes | Until | |"),
                Markdown.Of($"|:--|:--|:--|:--|:--|:--|"),
                .. list.Take(Shown).Select(t => Row(t, now)),
                list.Count > Shown ? Markdown.Of($"\nAnd older ones.") : Markdown.None,
            ])
        );
    }

    private static Markdown Row(ApiToken token, DateTimeOffset now)
    {
        var state =
            token.WithdrawnBy is { } by ? Markdown.Of($"withdrawn by {by}")
            : token.IsAlive(now) ? Markdown.Of($"alive")
            : Markdown.Of($"over");
        return Markdown.Of(
            $"| **{token.Id}** | {token.Name} | {token.Owner} | {string.Join(", ", token.Scopes)} | {CalendarDay.Write(token.LastDay)} | {state} |"
        );
    }
}

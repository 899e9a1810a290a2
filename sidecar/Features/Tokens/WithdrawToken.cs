using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Tokens;

/// <summary><c>/escalate token withdraw</c>: from then on it counts for nothing.</summary>
internal sealed class WithdrawToken(TokenStore tokens) : ISlashCommand
{
    /// <summary>What is offered while a number is typed.</summary>
    public const string Completed = "tokens";

    private static readonly Parameter<ApiTokenId> Which = new(
        "token",
        "TOK-1",
        source =>
            source.Next is not { } word ? ReadArgument.Absent<ApiTokenId>()
            : ApiTokenId.Read(word.Value) is { } id ? ReadArgument.Of(id)
            : ReadArgument.Wrong<ApiTokenId>(
                $"“{MarkdownEscaper.Shorten(word.Value, 60)}” is not the number of a token: write it as in `TOK-3`, never the token itself."
            )
    )
    {
        Hint = "Which token? Write its number, as in `TOK-3`.",
        Completes = Completed,
    };

    public static Permission Permission => TokenRights.Withdraw;

    public static CommandSpec Spec { get; } =
        new("token withdraw", "Withdraw a token of the REST API", Which)
        {
            Synonyms = ["token revoke"],
            Examples = ["token withdraw TOK-3"],
            Details = "Its owner, whoever made it and administrators may do this.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(Which);
        return await tokens.Withdraw(id, call.Envelope.User, cancel) is { } refusal
            ? Reply.No(refusal)
            : Reply.Say(Markdown.Of($"{id} is withdrawn: whatever still uses it is refused now."));
    }
}

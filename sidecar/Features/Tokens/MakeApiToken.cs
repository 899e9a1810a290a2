using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Tokens;

/// <summary><c>/escalate token make</c>: the token is in the answer, which only its maker sees, and nowhere else.</summary>
internal sealed class MakeApiToken(
    TokenStore tokens,
    RoleStore roles,
    PeopleDirectory people,
    TokenSettings settings,
    OutboxOptions product,
    TimeProvider clock
) : ISlashCommand
{
    private const string Until = "until";

    private static readonly Parameter<CommandWord> Name = Arguments.Word(
        "name",
        "What should it be called? A word that says what it is for, as in `billing-sync`."
    );

    private static readonly Parameter<UserId?> Owner = new(
        "integration",
        "[@bot]",
        source =>
        {
            if (SentenceMarks.Name(source.Next, '@') is null)
            {
                return ReadArgument.Absent<UserId?>();
            }

            var read = Arguments.User("bot", "").Reader(source);
            return read.Problem is { } problem
                ? ReadArgument.Wrong<UserId?>(problem)
                : ReadArgument.Of<UserId?>(read.Value, read.Taken);
        }
    )
    {
        IsOptional = true,
        Hint = "The at-name of the integration’s bot account; leave it out for a token of yours.",
    };

    private static readonly Parameter<string> Rest = Arguments
        .Rest("scopes… until day", "What may it be used for, and until when?")
        .OrNothing() with
    {
        Usage = "[scope…] [until day]",
        IsText = false,
    };

    public static Permission Permission => TokenRights.Make;

    public static CommandSpec Spec { get; } =
        new("token make", "Make a token for the REST API", Name, Owner, Rest)
        {
            Examples =
            [
                "token make dashboard",
                "token make billing-sync customers:read customers:write until 2026-12-31",
                "token make monitoring @engineer escalations:write",
            ],
            Details =
                $"It is shown once. With it a program may do what you may, within its scopes: {string.Join(", ", TokenScope.All.Select(s => $"`{s.Code}`"))}; `read` and `write` mean all but the audit trail, and without any it reads. With the at-name of a bot account it is an integration’s and may do what that account has roles for; administrators make those. What it does is in the audit trail under its name.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var name = call.Get(Name)!.Value;
        if (!IsName(name))
        {
            return Reply.No(
                Markdown.Of(
                    $"A token’s name has letters, digits, dots and hyphens, at most {ApiToken.MaxNameLength} of them. Nothing was made.\n{CommandParser.YouTyped(call.Line)}"
                )
            );
        }

        var now = clock.GetUtcNow();
        var today = CalendarDay.At(now, await people.ZoneOf(by, cancel));
        var (scopes, end, problem) = Understand(call.Get(Rest) ?? "", today);
        if (problem is not null)
        {
            return Reply.No(
                Markdown.Of(
                    $"{Markdown.Sentence(problem)} Nothing was made.\n{CommandParser.YouTyped(call.Line)}"
                )
            );
        }

        var owner = call.Get(Owner) ?? by;
        if (owner != by && await WhyNot(owner, by, cancel) is { } why)
        {
            return Reply.No(why);
        }

        if (await tokens.CountAlive(owner, cancel) >= TokenStore.MostOfOne)
        {
            return Reply.No(
                Markdown.Of(
                    $"There are {TokenStore.MostOfOne} valid tokens of {owner} already, and nothing was made. {Command("token list")} shows them; withdraw one that nothing uses."
                )
            );
        }

        var wish = new TokenWish(name, owner, scopes, EndOf(end, now))
        {
            IsOfIntegration = owner != by,
        };
        var (token, shown) = await tokens.Make(wish, by, call.Envelope.Act, cancel);
        return Reply.Say(Told(token, shown));
    }

    private DateTimeOffset EndOf(DateOnly? end, DateTimeOffset now) =>
        end is { } day
            // To the end of that day, wherever somebody is.
            ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
            : now.AddDays(settings.DaysUnlessSaid);

    private async Task<Markdown?> WhyNot(UserId owner, UserId by, CancellationToken cancel)
    {
        if (await roles.Check(TokenRights.Administer, by, cancel) is { } refusal)
        {
            return refusal.Sentence;
        }

        return owner == product.Bot
            ? Markdown.Of(
                $"That is my own account; give the integration one of its own. Nothing was made."
            )
            : await people.Now(owner, cancel) switch
            {
                null => Markdown.Of(
                    $"Mattermost knows nobody with that name, so nothing was made."
                ),
                { IsBot: false } => Markdown.Of(
                    $"{owner} is a person, and makes their own tokens: what a token does, they did. Nothing was made."
                ),
                { IsDeactivated: true } => Markdown.Of(
                    $"The account of {owner} is deactivated, so nothing was made."
                ),
                { IsGuest: true } or { IsOutside: true } => Markdown.Of(
                    $"{owner} is in no team that I am in, so its token could do nothing. Add it to the team first. Nothing was made."
                ),
                _ => null,
            };
    }

    private (ImmutableArray<TokenScope>, DateOnly? End, string? Problem) Understand(
        string typed,
        DateOnly today
    )
    {
        var words = typed.Split(
            [' ', ',', '\t', '\n', '\u00A0'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var at = Array.FindIndex(words, w => BareWord.Is(w, Until));
        var named = at < 0 ? words : words[..at];
        var scopes = new List<TokenScope>();
        foreach (var word in named)
        {
            if (NoneWord.Is(word))
            {
                continue;
            }

            var meant = TokenScope.Called(BareWord.Of(word));
            if (meant.IsEmpty)
            {
                return (
                    [],
                    null,
                    $"“{MarkdownEscaper.Shorten(word, 60)}” is not a scope: there are {string.Join(", ", TokenScope.All.Select(s => s.Code))}, and read and write for all but the audit trail. The end follows “until”."
                );
            }

            scopes.AddRange(meant);
        }

        DateOnly? end = null;
        if (at >= 0 && !NoneWord.Is(string.Join(' ', words[(at + 1)..])))
        {
            end = TypedDate.Read(
                string.Join(' ', words[(at + 1)..]),
                today,
                hasPassed: false,
                out var problem
            );
            if (end is not { } day)
            {
                return ([], null, problem);
            }

            if (day < today || day > today.AddDays(settings.MostDays))
            {
                return (
                    [],
                    null,
                    $"A token is valid for at most {settings.MostDays} days, and can’t end in the past: until {CalendarDay.Write(today.AddDays(settings.MostDays))}."
                );
            }
        }

        return (
            [.. (scopes.Count == 0 ? TokenScope.Called(TokenScope.Read) : [.. scopes]).Distinct()],
            end,
            null
        );
    }

    private static Markdown Told(ApiToken token, string? shown) =>
        shown is null
            ? Markdown.Of(
                $"{token.Id} ({token.Name}) was made by this already and can’t be shown again. Withdraw it with {Command($"token withdraw {token.Id}")} and make another one."
            )
            : Markdown.Of(
                $"**{token.Id}** ({token.Name}) is made for {token.Owner}, for {string.Join(", ", token.Scopes)}, until {CalendarDay.Write(token.LastDay)}. This is the only time that it is shown; keep it where secrets are kept:\n{Markdown.Code(shown)}\nIt goes into the header {Markdown.Code("Authorization: Bearer …")} of requests to {Markdown.Code("/api/v1")}; {Markdown.Code("/api/docs")} on my own address describes them. {Command($"token withdraw {token.Id}")} ends it."
            );

    private static bool IsName(string name) =>
        TextLength.Fits(name, ApiToken.MaxNameLength)
        && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');

    private static Markdown Command(string text) =>
        Markdown.Code($"/{SlashCommand.Trigger} {text}");
}

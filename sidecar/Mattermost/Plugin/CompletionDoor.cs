using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Mattermost.Plugin;

/// <summary>
/// Answers what Mattermost asks while somebody types a command (UP-1): the words that may be meant, by the rights of
/// who types. Mattermost says who that is; without it there is no such door.
/// </summary>
internal sealed class CompletionDoor(IEnumerable<ICompletion> completions, CommandParser commands)
{
    /// <summary>What the addresses begin with.</summary>
    public const string Path = "/mattermost/complete/";

    // More than anybody types.
    private const int LongestLine = 2000;

    /// <summary>Where a parameter is completed; Mattermost puts the plugin's own address in front.</summary>
    public static string Address(CommandSpec spec, Parameter parameter) =>
        Path[1..]
        + (
            parameter is { Words.Count: 0, Completes: { } source }
                ? source
                : $"{string.Join('-', spec.PathWords)}/{spec.Parameters.IndexOf(parameter)}"
        );

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Of a source, and of a place in a command, where words stand in front.
        foreach (var pattern in (string[])["{what}", "{command}/{place:int}"])
        {
            routes.MapGet(
                Path + pattern,
                async http =>
                {
                    var door = routes.ServiceProvider.GetRequiredService<CompletionDoor>();
                    await (await door.Answer(http)).ExecuteAsync(http);
                }
            );
        }
    }

    /// <summary>The parameter that is meant, or the first that has the source.</summary>
    private Parameter? Meant(RouteValueDictionary at) =>
        at["what"] is string source
            ? commands
                .ForPeople.SelectMany(c => c.Parameters)
                .FirstOrDefault(p => p.Completes == source)
        : at["command"] is string path
        && int.TryParse(
            at["place"] as string,
            System.Globalization.CultureInfo.InvariantCulture,
            out var place
        )
        && commands.ForPeople.FirstOrDefault(c => string.Join('-', c.PathWords) == path) is { } spec
        && place >= 0
        && place < spec.Parameters.Length
            ? spec.Parameters[place]
        : null;

    private async Task<IResult> Answer(HttpContext http)
    {
        if (
            http.Features.Get<VouchedUser>() is not { } vouched
            || Meant(http.Request.RouteValues) is not { IsCompleted: true } parameter
        )
        {
            return Results.NotFound();
        }

        if (vouched.User is not { Length: > 0 } user || !IdForm.Fits(user))
        {
            return Results.Unauthorized();
        }

        http.Response.Headers.CacheControl = "no-store";
        var asked = http.Request.Query;
        return Results.Json(
            await Offer(
                parameter,
                new UserId(user),
                asked["user_input"].ToString(),
                asked["parsed"].ToString(),
                http.RequestAborted
            ),
            CompletionJson.Default.ListItemArray
        );
    }

    private async ValueTask<ListItem[]> Offer(
        Parameter parameter,
        UserId reader,
        string line,
        string parsed,
        CancellationToken cancel
    )
    {
        if (line.Length > LongestLine || !line.StartsWith(parsed, StringComparison.Ordinal))
        {
            return [];
        }

        var typed = line[parsed.Length..];
        typed = typed.StartsWith(' ') ? typed[1..] : typed;
        if (Finished(typed) is { } word)
        {
            // Mattermost goes on to what follows only behind a word that was offered.
            return [new ListItem(word, "", "")];
        }

        List<OfferedWord> offered =
        [
            .. parameter.Words.Where(w =>
                w.Word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            ),
        ];
        try
        {
            if (completions.FirstOrDefault(c => c.Name == parameter.Completes) is { } completion)
            {
                offered.AddRange(await completion.Offer(reader, typed, cancel));
            }
        }
        catch (ChatException)
        {
            // Nobody can say who they are: the command itself will tell.
        }

        return offered.Count > 0
                ?
                [
                    .. offered
                        .DistinctBy(o => o.Word)
                        .Take(Math.Max(ICompletion.Most, parameter.Words.Count))
                        .Select(o => new ListItem(o.Word, o.Hint, o.About)),
                ]
            : typed.Length == 0 ? [Asked(parameter)]
            : [];
    }

    /// <summary>The first word, when something is behind it.</summary>
    private static string? Finished(string typed)
    {
        var from = typed.StartsWith('"') ? typed.IndexOf('"', 1) : 0;
        var end = from < 0 ? -1 : typed.IndexOf(' ', from);
        return end > 0 ? typed[..end] : null;
    }

    /// <summary>What is to be written, where there is nothing to choose from: it says the same to who may not choose.</summary>
    private static ListItem Asked(Parameter parameter) =>
        new("", parameter.Usage, CommandCompletion.Help(parameter));

    /// <summary>A choice, as Mattermost reads it.</summary>
    internal sealed record ListItem(string Item, string Hint, string HelpText);
}

[JsonSerializable(typeof(CompletionDoor.ListItem[]))]
internal sealed partial class CompletionJson : JsonSerializerContext;

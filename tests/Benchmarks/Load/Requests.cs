using System.Globalization;
using System.Text;
using Benchmarks.Stores;

namespace Benchmarks.Load;

/// <summary>Requests byte for byte as Mattermost sends them: signed slash commands and clicks.</summary>
internal static class Requests
{
    private const string Team = "t0000000000000000000000001";

    // As long as those of a server: base64 of an id, a user, a time and a signature.
    private static readonly string TriggerTail = new('a', 180);

    public static byte[] Command(Uri server, string path, long turn, string text)
    {
        var body =
            $"channel_id={SeedPlan.Channel(turn).Value}&channel_name=town-square&command=%2Fescalate"
            + $"&response_url=http%3A%2F%2F127.0.0.1%3A8065%2Fhooks%2Fcommands%2F{SeedPlan.Id('r', turn)}"
            + $"&team_domain=ops&team_id={Team}&text={Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal)}"
            + $"&token={SidecarProcess.CommandToken}&trigger_id={Trigger(turn)}"
            + $"&user_id={SeedPlan.Person(turn).Value}&user_name={SeedPlan.Username(turn)}";
        return Request(
            server,
            path,
            body,
            "application/x-www-form-urlencoded",
            $"Authorization: Token {SidecarProcess.CommandToken}\r\n"
        );
    }

    public static byte[] Click(Uri server, string path, long turn, string context)
    {
        var body =
            $$$"""{"user_id":"{{{SeedPlan.Person(turn).Value}}}","user_name":"{{{SeedPlan.Username(turn)}}}","channel_id":"{{{SeedPlan.Channel(turn).Value}}}","channel_name":"town-square","team_id":"{{{Team}}}","team_domain":"ops","post_id":"{{{SeedPlan.Id('p', turn)}}}","trigger_id":"{{{Trigger(turn)}}}","type":"button","data_source":"","context":{"sealed":"{{{context}}}"}}""";
        return Request(server, path, body, "application/json", "");
    }

    /// <summary>A list of a form asks what it offers, with the other fields as they stand.</summary>
    public static byte[] LookUp(Uri server, string path, long person, string state, string typed)
    {
        var query = typed.Length > 0 ? $"\"query\":\"{typed}\"," : "";
        var body =
            $$$"""{"type":"dialog_lookup","callback_id":"escalation.raise","state":"{{{state}}}","user_id":"{{{SeedPlan.Person(person).Value}}}","channel_id":"{{{SeedPlan.Channel(person).Value}}}","team_id":"{{{Team}}}","submission":{"category":{"label":"Deployment escalation","value":"deployment"},"effort":{"label":"Medium: a day or two","value":"medium"},"impact":{"label":"As the severity","value":"as-severity"},"summary":"Nobody can log in",{{{query}}}"selected_field":"customer"},"cancelled":false}""";
        return Request(server, path, body, "application/json", "");
    }

    /// <summary>A program with a person's token reads.</summary>
    public static byte[] Api(Uri server, string path, long turn) =>
        Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: application/json\r\nAuthorization: Bearer {SeedPlan.Token(turn)}\r\n\r\n"
        );

    /// <summary>A program with a person's token writes, once under each key.</summary>
    public static byte[] ApiPost(Uri server, string path, long turn, string body) =>
        Request(
            server,
            path,
            body,
            "application/json",
            $"Authorization: Bearer {SeedPlan.Token(turn)}\r\nIdempotency-Key: {SeedPlan.Id('i', turn)}\r\n"
        );

    private static string Trigger(long turn) => SeedPlan.Id('g', turn) + TriggerTail;

    private static byte[] Request(
        Uri server,
        string path,
        string body,
        string type,
        string authorization
    ) =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nUser-Agent: Mattermost-Bot/1.1\r\nContent-Length: {body.Length}\r\nAccept: application/json\r\n{authorization}Content-Type: {type}\r\nAccept-Encoding: gzip\r\n\r\n{body}"
            )
        );
}

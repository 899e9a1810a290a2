using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Setup;

/// <summary><c>secrets.json</c> as it is written: everything may be missing, since people and crashes edit files.</summary>
internal sealed record SecretsDocument
{
    private const int Known = 1;

    public int? Format { get; init; }

    public string? MattermostUrl { get; init; }

    public string? PublicUrl { get; init; }

    public string? InstalledBy { get; init; }

    public BotEntry? Bot { get; init; }

    public IReadOnlyList<TeamEntry>? Teams { get; init; }

    /// <exception cref="JsonException">It is not such a document; names what is wrong, never a value.</exception>
    public static Secrets Parse(ReadOnlySpan<byte> json)
    {
        var document = Deserialize(json);
        if (document?.Format is not Known)
        {
            throw new JsonException(
                document?.Format > Known
                    ? "format: it was written by a newer release"
                    : "format: it is missing"
            );
        }

        return new Secrets(
            Address("mattermost_url", document.MattermostUrl),
            Address("public_url", document.PublicUrl),
            document.Bot?.Read() ?? new BotSecrets("", "", "", Secret.None),
            [.. (document.Teams ?? []).Select(t => t.Read())]
        )
        {
            InstalledBy = document.InstalledBy,
        };
    }

    public static byte[] Write(Secrets secrets) =>
        [
            .. JsonSerializer.SerializeToUtf8Bytes(
                new SecretsDocument
                {
                    Format = Known,
                    MattermostUrl = secrets.MattermostUrl.AbsoluteUri,
                    PublicUrl = secrets.PublicUrl.AbsoluteUri,
                    InstalledBy = secrets.InstalledBy,
                    Bot = BotEntry.Of(secrets.Bot),
                    Teams = [.. secrets.Teams.Select(TeamEntry.Of)],
                },
                SecretsJson.Default.SecretsDocument
            ),
            (byte)'\n',
        ];

    private static SecretsDocument? Deserialize(ReadOnlySpan<byte> json)
    {
        long? brokenLine;
        try
        {
            return JsonSerializer.Deserialize(json, SecretsJson.Default.SecretsDocument);
        }
        catch (JsonException broken)
        {
            brokenLine = broken.LineNumber + 1;
        }

        // Without the parser's own message and exception: they may quote what they stumbled over.
        throw new JsonException($"no valid JSON at line {brokenLine}");
    }

    private static Uri Address(string key, string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address
            : throw new JsonException($"{key}: no address that begins with http:// or https://");

    internal sealed record BotEntry(
        string? UserId,
        string? Username,
        string? TokenId,
        Secret? Token
    )
    {
        public static BotEntry Of(BotSecrets bot) =>
            new(bot.UserId, bot.Username, bot.TokenId, bot.Token);

        public BotSecrets Read() =>
            new(UserId ?? "", Username ?? "", TokenId ?? "", Token ?? Secret.None);
    }

    internal sealed record TeamEntry(
        string? Id,
        string? Name,
        IReadOnlyList<IntegrationEntry>? Commands,
        IReadOnlyList<IntegrationEntry>? Webhooks
    )
    {
        public static TeamEntry Of(TeamSecrets team) =>
            new(
                team.Id,
                team.Name,
                [.. team.Commands.Select(IntegrationEntry.Of)],
                [.. team.Webhooks.Select(IntegrationEntry.Of)]
            );

        public TeamSecrets Read() =>
            new(
                Id ?? "",
                Name ?? "",
                [.. (Commands ?? []).Select(c => c.Read())],
                [.. (Webhooks ?? []).Select(w => w.Read())]
            );
    }

    internal sealed record IntegrationEntry(string? Name, string? Id, Secret? Token)
    {
        public static IntegrationEntry Of(IntegrationSecret made) =>
            new(made.Name, made.Id, made.Token);

        public IntegrationSecret Read() => new(Name ?? "", Id ?? "", Token ?? Secret.None);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true
)]
[JsonSerializable(typeof(SecretsDocument))]
internal sealed partial class SecretsJson : JsonSerializerContext;

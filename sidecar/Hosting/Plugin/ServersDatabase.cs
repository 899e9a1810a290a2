using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Sidecar.Hosting.Plugin;

/// <summary>
/// The address of PostgreSQL as Mattermost writes it, in either of its driver's two ways: as a URL, and as words like
/// <c>host=/var/run/postgresql dbname=mattermost</c>.
/// </summary>
internal static class ServersDatabase
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>The same for our own driver; null when it is neither.</summary>
    public static NpgsqlConnectionStringBuilder? Of(string dataSource)
    {
        var words = Schemes.FirstOrDefault(s =>
            dataSource.StartsWith(s, StringComparison.OrdinalIgnoreCase)
        )
            is { } scheme
            ? OfUrl(dataSource[scheme.Length..])
            : OfWords(dataSource);
        if (words is null || !words.TryGetValue("user", out var user))
        {
            return null;
        }

        var address = new NpgsqlConnectionStringBuilder
        {
            Host = words.GetValueOrDefault("host") is { Length: > 0 } host ? host : "localhost",
            Database = words.GetValueOrDefault("dbname") is { Length: > 0 } name ? name : user,
            Username = user,
            SslMode = Security(words.GetValueOrDefault("sslmode")),
        };
        if (words.GetValueOrDefault("port") is { Length: > 0 } port)
        {
            if (!int.TryParse(port, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            address.Port = number;
        }

        if (words.GetValueOrDefault("password") is { Length: > 0 } password)
        {
            address.Password = password;
        }

        if (words.GetValueOrDefault("sslrootcert") is { Length: > 0 } root)
        {
            address.RootCertificate = root;
        }

        if (words.GetValueOrDefault("sslcert") is { Length: > 0 } certificate)
        {
            address.SslCertificate = certificate;
        }

        if (words.GetValueOrDefault("sslkey") is { Length: > 0 } key)
        {
            address.SslKey = key;
        }

        return address;
    }

    /// <summary>By hand: an empty host, which stands for a socket, is none to <see cref="Uri"/>.</summary>
    private static Dictionary<string, string> OfUrl(string rest)
    {
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        var (address, query) = Cut(rest, rest.IndexOf('?'));
        var (authority, name) = Cut(address, address.IndexOf('/'));
        var at = authority.LastIndexOf('@');
        var place = authority[(at + 1)..];
        if (at > 0)
        {
            var (user, password) = Cut(authority[..at], authority.IndexOf(':'));
            words["user"] = Uri.UnescapeDataString(user);
            words["password"] = Uri.UnescapeDataString(password);
        }

        // A colon within brackets belongs to the address.
        var (host, port) = Cut(
            place,
            place.LastIndexOf(':') is var c && c > place.IndexOf(']') ? c : -1
        );
        words["host"] = Uri.UnescapeDataString(host.Trim('[', ']'));
        words["port"] = port;
        words["dbname"] = Uri.UnescapeDataString(name);

        // What stands behind the question mark holds, as host=/var/run/postgresql does.
        foreach (var pair in query.Split('&'))
        {
            if (pair.Split('=', 2) is [{ Length: > 0 } key, var value])
            {
                words[key] = Uri.UnescapeDataString(value.Replace('+', ' '));
            }
        }

        return words;
    }

    private static (string Before, string Behind) Cut(string text, int at) =>
        at < 0 || at >= text.Length ? (text, "") : (text[..at], text[(at + 1)..]);

    private static Dictionary<string, string>? OfWords(string text)
    {
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        var at = 0;
        while (true)
        {
            at = Skip(text, at);
            if (at == text.Length)
            {
                return words.Count > 0 ? words : null;
            }

            var equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                return null;
            }

            var name = text[at..equals].Trim();
            if (
                name.Length == 0
                || name.AsSpan().ContainsAny(" \t\r\n'")
                || !TryRead(text, Skip(text, equals + 1), out var value, out at)
            )
            {
                return null;
            }

            words[name] = value;
        }
    }

    /// <summary>A value: up to white space, or between single quotes; a backslash takes what follows as it is.</summary>
    private static bool TryRead(
        string text,
        int from,
        [NotNullWhen(true)] out string? value,
        out int behind
    )
    {
        (value, behind) = (null, from);
        var isQuoted = from < text.Length && text[from] == '\'';
        var read = new StringBuilder();
        for (var i = isQuoted ? from + 1 : from; i < text.Length; i++)
        {
            if (isQuoted ? text[i] == '\'' : char.IsWhiteSpace(text[i]))
            {
                (value, behind) = (read.ToString(), isQuoted ? i + 1 : i);
                return true;
            }

            if (text[i] == '\\' && ++i == text.Length)
            {
                return false;
            }

            read.Append(text[i]);
        }

        (value, behind) = (read.ToString(), text.Length);
        return !isQuoted;
    }

    private static int Skip(string text, int from)
    {
        while (from < text.Length && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        return from;
    }

    private static SslMode Security(string? mode) =>
        mode switch
        {
            "disable" => SslMode.Disable,
            "verify-ca" => SslMode.VerifyCA,
            "verify-full" => SslMode.VerifyFull,
            "prefer" or "allow" => SslMode.Prefer,
            _ => SslMode.Require,
        };
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>
/// The page that is to plugins what Mattermost's web app 11 is, at <c>/_host/</c>. React comes from where the plugin's
/// own development dependencies are, in the version of Mattermost's; nothing of it is in this assembly.
/// </summary>
public static class WebAppPage
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/_host/";

    private const string Prefix = "webapp/";

    private static readonly Dictionary<string, string> Vendored = new(StringComparer.Ordinal)
    {
        ["vendor/react.js"] = "react/umd/react.production.min.js",
        ["vendor/react-dom.js"] = "react-dom/umd/react-dom.production.min.js",
    };

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
    };

    /// <summary>Where the plugin's development dependencies are; null when they were not installed.</summary>
    public static string? Modules { get; } = FindModules();

    /// <summary>Maps the page and its parts.</summary>
    internal static void MapWebApp(this WebApplication app) => app.MapGet(Path + "{**file}", Serve);

    private static IResult Serve(HttpContext http, string? file)
    {
        var name = string.IsNullOrEmpty(file) ? "index.html" : file;
        if (Read(name) is not { } content)
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // As strict as a server can be configured without breaking Mattermost.
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'self'";
        return Results.Bytes(content, Types[System.IO.Path.GetExtension(name)]);
    }

    private static byte[]? Read(string name)
    {
        if (Vendored.TryGetValue(name, out var module))
        {
            var path = Modules is null ? null : System.IO.Path.Combine(Modules, module);
            return path is not null && File.Exists(path) ? File.ReadAllBytes(path) : null;
        }

        using var stream = typeof(WebAppPage).Assembly.GetManifestResourceStream(Prefix + name);
        if (stream is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string? FindModules()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            var modules = System.IO.Path.Combine(folder.FullName, "webapp-stub", "node_modules");
            if (Directory.Exists(System.IO.Path.Combine(modules, "react")))
            {
                return modules;
            }
        }

        return null;
    }
}

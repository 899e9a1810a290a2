using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Playground;

/// <summary>The chat page, out of the assembly. Addresses that Mattermost's client knows (/team/pl/…) show it too.</summary>
internal static class PageFiles
{
    private const string Prefix = "wwwroot/";

    private static readonly FrozenDictionary<string, byte[]> Files = Load();

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    /// <summary>Answers a request for the page or one of its parts.</summary>
    public static IResult Serve(HttpContext http)
    {
        var path = http.Request.Path.Value!.TrimStart('/');
        var isFile = Files.ContainsKey(path);
        var isPlace =
            !Path.HasExtension(path) && !path.StartsWith("api/", StringComparison.Ordinal);
        if (!IsReading(http.Request) || (!isFile && !isPlace))
        {
            return Results.NotFound();
        }

        var name = isFile ? path : "index.html";
        var headers = http.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws: wss:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Results.Bytes(Files[name], Types[Path.GetExtension(name)]);
    }

    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static FrozenDictionary<string, byte[]> Load()
    {
        var assembly = typeof(PageFiles).Assembly;
        return assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Read);

        byte[] Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }
}

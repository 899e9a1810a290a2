using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>One request, with who makes it and what it says.</summary>
internal sealed class Call(World world, HttpContext http, byte[] body)
{
    private JsonElement? json;

    public World World { get; } = world;
    public HttpContext Http { get; } = http;
    public byte[] RawBody { get; } = body;
    public string RequestId { get; } = Ids.New();
    public string Token { get; private set; } = "";
    public User? Caller { get; private set; }

    /// <summary>Who is logged in; only for routes that demand a session.</summary>
    public User User => Caller ?? throw Refuse.NoSession();

    public string BodyText => Encoding.UTF8.GetString(RawBody);

    public string SiteUrl => $"{Http.Request.Scheme}://{Http.Request.Host}";

    public void Authenticate(bool demanded)
    {
        var fromCookie =
            Http.Request.Cookies.TryGetValue("MMAUTHTOKEN", out var cookie) && cookie.Length > 0;
        Token = fromCookie ? cookie! : FromHeader(Http.Request.Headers.Authorization.ToString());
        var found = Token.Length > 0 ? World.Sessions.Find(Token) : null;
        if (found is { } session && (!fromCookie || PassesCsrf(session.Session)))
        {
            Caller = session.User;
        }
        else if (demanded)
        {
            throw Refuse.NoSession();
        }
    }

    private static string FromHeader(string header) =>
        header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..]
        : header.StartsWith("token ", StringComparison.OrdinalIgnoreCase) ? header[6..]
        : "";

    private bool PassesCsrf(Session session) =>
        HttpMethods.IsGet(Http.Request.Method)
        || Http.Request.Headers["X-CSRF-Token"] == session.Csrf
        || Http.Request.Headers.XRequestedWith == "XMLHttpRequest";

    /// <summary>The body as JSON; <paramref name="name"/> is what the server's error calls it.</summary>
    public JsonElement Json(string name)
    {
        if (json is { } known)
        {
            return known;
        }

        try
        {
            var read = Wire.Parse(BodyText);
            json = read;
            return read;
        }
        catch (JsonException)
        {
            throw Refuse.Body(name);
        }
    }

    public JsonElement? JsonOrNothing()
    {
        try
        {
            return RawBody.Length == 0 ? null : Json("body");
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>The body as one of our records, leaving out what does not fit.</summary>
    public T Read<T>(string name)
    {
        try
        {
            return Json(name).Deserialize<T>(Wire.Options) ?? throw Refuse.Body(name);
        }
        catch (JsonException)
        {
            throw Refuse.Body(name);
        }
    }

    public IReadOnlyList<string> Strings(string name) => ((JsonElement?)Json(name)).Strings();

    public string Route(string name) => (string?)Http.Request.RouteValues[name] ?? "";

    /// <summary>An id in the path that must look like one.</summary>
    public string Id(string name) =>
        Route(name) is var id && Ids.IsValid(id) ? id : throw Refuse.Url(name);

    /// <summary>A user id in the path, where <c>me</c> is oneself.</summary>
    public string UserId(string name = "user_id") => Route(name) == "me" ? User.Id : Id(name);

    public string Query(string name) => Http.Request.Query[name].ToString();

    public bool Flag(string name) => Query(name) is "true" or "1";

    public int Page =>
        int.TryParse(Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            ? page
            : 0;

    public int PerPage =>
        int.TryParse(
            Query("per_page"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var size
        )
        && size > 0
            ? Math.Min(size, 200)
            : 60;

    public IEnumerable<T> Paged<T>(IEnumerable<T> all) => all.Skip(Page * PerPage).Take(PerPage);
}

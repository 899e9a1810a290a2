using System.Collections.Immutable;
using Scalar.AspNetCore;

namespace Sidecar.Api;

/// <summary>The REST API's parts and pages.</summary>
internal static class ApiParts
{
    public const string DocsPath = "/api/docs";

    private const string FromHereOnly =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    public static void Add(IServiceCollection services) =>
        services
            .AddSingleton<TokenRateLimit>()
            .AddSingleton<IdempotencyKeys>()
            .AddSingleton<ApiAnswers>()
            .AddSingleton<ApiCursor>()
            .AddSingleton<ApiChannels>()
            .AddSingleton<ApiDoor>()
            .AddSingleton<AlertDoor>();

    public static void Map(
        WebApplication app,
        ImmutableArray<ApiOperation> operations,
        string guide
    )
    {
        ApiDescription.Map(app, operations, guide);
        ApiDoor.Map(app, operations);
        AlertDoor.Map(app);
        app.Use(
            (http, next) =>
            {
                if (
                    http.Request.Path.StartsWithSegments(
                        DocsPath,
                        StringComparison.OrdinalIgnoreCase
                    )
                )
                {
                    http.Response.Headers.ContentSecurityPolicy = FromHereOnly;
                }

                return next(http);
            }
        );
        // Its script comes from here: nobody's browser asks another machine what this API is.
        app.MapScalarApiReference(
            DocsPath,
            options =>
                options
                    .WithTitle("Escalate API")
                    .WithOpenApiRoutePattern(ApiDescription.Path)
                    .DisableDefaultFonts()
        );
    }
}

using System.Collections.Immutable;
using Scalar.AspNetCore;

namespace Sidecar.Api;

/// <summary>The REST API's parts and pages.</summary>
internal static class ApiParts
{
    public const string DocsPath = "/api/docs";

    public static void Add(IServiceCollection services) =>
        services
            .AddSingleton<TokenRateLimit>()
            .AddSingleton<IdempotencyKeys>()
            .AddSingleton<ApiAnswers>()
            .AddSingleton<ApiCursor>()
            .AddSingleton<ApiDoor>();

    public static void Map(WebApplication app, ImmutableArray<ApiOperation> operations)
    {
        ApiDescription.Map(app, operations);
        ApiDoor.Map(app, operations);
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

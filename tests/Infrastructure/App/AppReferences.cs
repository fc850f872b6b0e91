using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EventFunctions.Infrastructure.Tests.App;

/// <summary>Which methods of other libraries the app calls and which texts are in it, read from its metadata.</summary>
public static class AppReferences
{
    /// <summary>The methods, as <c>Namespace.Type.Method</c>.</summary>
    public static IReadOnlySet<string> Methods()
    {
        var methods = new HashSet<string>(StringComparer.Ordinal);
        foreach (var assembly in new[] { AppFunctions.Assembly, typeof(EventSourcing.Cosmos.CosmosEventStore).Assembly })
        {
            using var file = File.OpenRead(assembly.Location);
            using var image = new PEReader(file);
            var metadata = image.GetMetadataReader();
            methods.UnionWith(metadata.MemberReferences.Select(h => NameOf(metadata, metadata.GetMemberReference(h))).OfType<string>());
        }

        return methods;
    }

    /// <summary>The texts that are written in the app, e.g. the names of its metrics.</summary>
    public static IReadOnlySet<string> Texts()
    {
        using var file = File.OpenRead(AppFunctions.Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            texts.Add(metadata.GetUserString(handle));
        }

        return texts;
    }

    private static string? NameOf(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference)
        {
            return null;
        }

        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}";
    }
}

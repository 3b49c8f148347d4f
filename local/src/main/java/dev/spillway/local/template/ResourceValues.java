package dev.spillway.local.template;

import java.util.Optional;

/** What {@code Ref} and {@code Fn::GetAtt} of a resource give; in an account CloudFormation knows it. */
public interface ResourceValues {

    /** The value of {@code Ref}; empty if resources of this type are not known here. */
    Optional<String> ref(Resource resource);

    /** The value of {@code Fn::GetAtt}; empty if the attribute is not known here. */
    Optional<String> attribute(Resource resource, String attribute);
}

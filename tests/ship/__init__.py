"""The container image, without a container engine: the Dockerfile's steps in an empty root (`make image-test`)."""
